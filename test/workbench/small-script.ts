import type { AppsScriptManifest } from "../../workbench/apps-script/host-api";

/** A script project of a few functions, so that tests of the workbench do not depend on the add-on's bundle. */
const smallScript = `
function onOpen() {
  SpreadsheetApp.getUi().createAddonMenu()
    .addItem("Open sidebar", "openSidebar")
    .addItem("Write rows", "writeRows")
    .addSeparator()
    .addItem("Fail", "fail")
    .addToUi();
}
function openSidebar() {
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutputFromFile("Sidebar").setTitle("Small sidebar"));
}
function writeRows() {
  var sheet = SpreadsheetApp.getActiveSpreadsheet().getActiveSheet();
  sheet.getRange(1, 1, 4, 3).setValues([
    ["Name", "Score", "Code"],
    ["Zoe <b>x</b>", 3, "'007"],
    ["Adam", 1, "'=1+1"],
    ["Mia", 2, "plain"],
  ]);
  sheet.getRange(2, 1).setNote("A <i>note</i>");
  sheet.setFrozenRows(1);
  SpreadsheetApp.getActiveSpreadsheet().toast("Rows written", "Small script");
}
function write(row, column, value) {
  SpreadsheetApp.getActiveSpreadsheet().getActiveSheet().getRange(row, column).setValue(value);
}
function addHiddenTab() {
  SpreadsheetApp.getActiveSpreadsheet().insertSheet("_hidden").hideSheet();
}
function openHiddenTab() {
  SpreadsheetApp.getActiveSpreadsheet().getSheetByName("_hidden").showSheet().activate();
}
function addSlashTab() {
  var sheet = SpreadsheetApp.getActiveSpreadsheet().insertSheet("Companies/Accounts' [all]");
  sheet.getRange(1, 1, 1, 2).setValues([["Name", "Phone"]]).setFontWeight("bold").setBackground("#e8f0fe");
  sheet.setColumnWidth(1, 211);
  sheet.getRange("B:B").setNumberFormat("@");
  sheet.activate();
}
function sumOfSlashTab() {
  SpreadsheetApp.getActiveSpreadsheet().getSheets()[0].getRange(9, 1)
    .setFormula("='Companies/Accounts'' [all]'!A1");
}
function insertRow(before) {
  SpreadsheetApp.getActiveSpreadsheet().getActiveSheet().insertRowsBefore(before, 1);
}
function store() {
  PropertiesService.getUserProperties().setProperties({ "hubspot.token": "pat-eu1-very-secret", schedule: "daily" });
}
function ask() {
  return UrlFetchApp.fetch("https://api.hubapi.com/crm/v3/objects/contacts?limit=1").getResponseCode();
}
function askQuietly(token) {
  return UrlFetchApp.fetch("https://api.hubapi.com/crm/v3/objects/contacts?limit=1",
    { muteHttpExceptions: true, headers: { Authorization: "Bearer " + token } }).getResponseCode();
}
function schedule() {
  ScriptApp.newTrigger("tick").timeBased().everyHours(1).create();
}
function tick(event) {
  SpreadsheetApp.getActiveSpreadsheet().getSheets()[0].appendRow(["tick"]);
}
function echo(value) { return value; }
function fail() { throw new Error("It was not to be"); }
function secret_() { return 1; }
`;

/** The sidebar of the small script: buttons that call the server, and a place for the answers. */
const smallSidebar = `<!doctype html>
<html lang="en"><head><title>Small sidebar</title></head>
<body>
  <main>
    <h1>Small sidebar</h1>
    <button id="write">Write rows</button>
    <button id="echo">Echo</button>
    <button id="fail">Fail</button>
    <button id="date">Send a date</button>
    <button id="many">Call twelve times</button>
    <button id="close">Close</button>
    <p id="answer" role="status"></p>
  </main>
  <script>
    var answer = function (text) { document.getElementById("answer").textContent = text; };
    var run = function () {
      return google.script.run
        .withSuccessHandler(function (value, user) { answer("ok " + JSON.stringify(value) + " " + user); })
        .withFailureHandler(function (error) { answer("failed " + error.message); })
        .withUserObject("mine");
    };
    var on = function (id, work) { document.getElementById(id).onclick = work; };
    on("write", function () { run().writeRows(); });
    on("echo", function () { run().echo({ list: [1, undefined, "x"], gone: undefined }); });
    on("fail", function () { run().fail(); });
    on("date", function () { try { run().echo(new Date()); } catch (error) { answer("thrown " + error.message); } });
    on("close", function () { google.script.host.close(); });
    on("many", function () {
      var left = 12;
      for (var i = 0; i < 12; i++) {
        google.script.run.withSuccessHandler(function () { left -= 1; answer("left " + left); }).echo(i);
      }
    });
  </script>
</body></html>`;

/** Manifest of the small script. */
const smallManifest: AppsScriptManifest = {
  timeZone: "Europe/Berlin",
  oauthScopes: [
    "https://www.googleapis.com/auth/spreadsheets.currentonly",
    "https://www.googleapis.com/auth/script.container.ui",
    "https://www.googleapis.com/auth/script.external_request",
    "https://www.googleapis.com/auth/script.scriptapp",
  ],
  urlFetchWhitelist: ["https://api.hubapi.com/"],
};

/** Options of a workbench that runs the small script. */
export const smallProject = {
  code: smallScript,
  html: { Sidebar: smallSidebar },
  manifest: smallManifest,
  contacts: 5,
  companies: 2,
};
