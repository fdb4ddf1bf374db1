/**
 * A script as many are passed on in public: a search and a write for each row, a setValue for each cell. It reaches the
 * same end, and goes on where it was cut off. Runs in the emulator as it stands here.
 */
export const NAIVE_SCRIPT = `
var API = "https://api.hubapi.com/crm/v3/objects/contacts";

function onOpen() {}

function call(token, method, path, body) {
  var options = {
    method: method,
    contentType: "application/json",
    headers: { Authorization: "Bearer " + token },
  };
  if (body) options.payload = JSON.stringify(body);
  return JSON.parse(UrlFetchApp.fetch(API + path, options).getContentText());
}

function pullAll(token, fields) {
  var sheet = SpreadsheetApp.getActiveSheet();
  var store = PropertiesService.getScriptProperties();
  var page = Number(store.getProperty("page") || 0);
  var after = store.getProperty("after") || "";
  do {
    var path = "?limit=100&properties=" + fields.join(",") + (after ? "&after=" + after : "");
    var answer = call(token, "get", path);
    var missing = 1 + (page + 1) * 100 - sheet.getMaxRows();
    if (missing > 0) sheet.insertRowsAfter(sheet.getMaxRows(), missing);
    answer.results.forEach(function (record, index) {
      var row = 2 + page * 100 + index;
      fields.forEach(function (field, column) {
        sheet.getRange(row, column + 1).setValue(record.properties[field] || "");
      });
      sheet.getRange(row, fields.length + 1).setValue(record.id);
    });
    after = answer.paging ? answer.paging.next.after : "";
    page += 1;
    SpreadsheetApp.flush();
    store.setProperty("page", String(page));
    store.setProperty("after", after);
  } while (after);
  store.deleteAllProperties();
}

function pushAll(token, fields) {
  var sheet = SpreadsheetApp.getActiveSheet();
  var store = PropertiesService.getScriptProperties();
  var last = sheet.getLastRow();
  for (var row = Number(store.getProperty("row") || 2); row <= last; row++) {
    var cells = sheet.getRange(row, 1, 1, fields.length).getValues()[0];
    var properties = {};
    fields.forEach(function (field, column) {
      properties[field] = String(cells[column]);
    });
    if (!properties.email) continue;
    var filters = [{ propertyName: "email", operator: "EQ", value: properties.email }];
    var hits = call(token, "post", "/search", { filterGroups: [{ filters: filters }], limit: 1 }).results;
    var record = hits.length
      ? call(token, "patch", "/" + hits[0].id, { properties: properties })
      : call(token, "post", "", { properties: properties });
    sheet.getRange(row, fields.length + 1).setValue(record.id);
    SpreadsheetApp.flush();
    store.setProperty("row", String(row + 1));
  }
  store.deleteAllProperties();
}
`;
