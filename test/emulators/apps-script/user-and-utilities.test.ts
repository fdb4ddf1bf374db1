import { errorOf, evaluate, startHost, valueFrom } from "./support/start-host";

const STATE = `function begin(seconds) { return ScriptApp.newStateToken().withMethod("back").withArgument("crm", "hubspot").withTimeout(seconds).createToken(); }
  function back(request) { return request.parameter.crm + " " + request.parameter.code; }`;

it("35: the browser's way back runs the function of the state token with its arguments", async () => {
  const host = startHost(STATE);
  const state = String(valueFrom(await host.run("begin", [600])));
  expect(valueFrom(await host.completeCallback({ state, code: "abc" }))).toBe("hubspot abc");
});

it("35: an expired, foreign or invented state token is refused; 3,600 seconds are the most", async () => {
  const host = startHost(STATE);
  const state = String(valueFrom(await host.run("begin", [600])));
  expect((await host.completeCallback({ state: "invented", code: "x" })).outcome).toBe("failed");
  host.setUser({ email: "other@example.com", plan: "consumer" });
  expect((await host.completeCallback({ state, code: "x" })).outcome).toBe("failed");
  host.setUser({ email: "user@example.com", plan: "consumer" });
  await host.advance(601_000);
  expect((await host.completeCallback({ state, code: "x" })).outcome).toBe("failed");
  expect((await host.run("begin", [3601])).outcome).toBe("failed");
});

it("36: the active user is unknown in simple triggers, the key of the user is stable", async () => {
  const host = startHost(
    `function main() { return [Session.getActiveUser().getEmail(), Session.getEffectiveUser().getEmail(), Session.getTemporaryActiveUserKey()]; }`,
  );
  const full = valueFrom(await host.run("main")) as string[];
  const simple = valueFrom(await host.run("main", [], { authMode: "LIMITED", source: "simple-trigger" })) as string[];
  expect(full.slice(0, 2)).toEqual(["user@example.com", "user@example.com"]);
  expect(simple[0]).toBe("");
  expect(simple[2]).toBe(full[2]);
});

it("37: sleep moves the virtual clock only", async () => {
  const started = performance.now();
  expect(
    await evaluate(
      `const start = Date.now(); Utilities.sleep(300000); return Math.round((Date.now() - start) / 1000);`,
    ),
  ).toBe(300);
  expect(performance.now() - started).toBeLessThan(20_000);
});

it("37: digests are signed bytes, known by their test vectors", async () => {
  expect(
    await evaluate(`const hex = (bytes) => bytes.map((byte) => (byte & 255).toString(16).padStart(2, "0")).join("");
      const bytes = Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, "abc");
      return [hex(bytes), bytes.some((byte) => byte < 0), hex(Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, "")),
        hex(Utilities.computeHmacSha256Signature("what do ya want for nothing?", "Jefe"))];`),
  ).toEqual([
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    true,
    "d41d8cd98f00b204e9800998ecf8427e",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  ]);
});

it("37: base64 keeps its padding, also the web-safe one", async () => {
  expect(
    await evaluate(`return [Utilities.base64Encode("grüße?>"), Utilities.base64EncodeWebSafe([-5, -1, -2]), Utilities.base64Encode("a"),
      Utilities.newBlob(Utilities.base64Decode("Z3LDvMOfZT8+")).getDataAsString(), Utilities.base64DecodeWebSafe("-__-").join()];`),
  ).toEqual(["Z3LDvMOfZT8+", "-__-", "YQ==", "grüße?>", "-5,-1,-2"]);
  expect(await errorOf(`Utilities.base64Decode("ä!");`)).toBe("Could not decode string.");
});

it("37: gzip takes a blob and gives a blob, and ungzip brings the text back", async () => {
  expect(
    await evaluate(`const text = "grüße ".repeat(5000); const zipped = Utilities.gzip(Utilities.newBlob(text));
      return [zipped.getContentType(), zipped.getBytes().length < 1000, Utilities.ungzip(zipped).getDataAsString() === text,
        Utilities.ungzip(Utilities.newBlob(zipped.getBytes(), "application/x-gzip")).getDataAsString() === text];`),
  ).toEqual(["application/x-gzip", true, true, true]);
  expect(await errorOf(`Utilities.ungzip(Utilities.newBlob("plain"));`)).toContain("gzip");
});

it.each([
  ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "Europe/Berlin", "2026-07-04T14:05:06.007+02:00"],
  ["EEEE, d MMMM yyyy h:mm a", "America/New_York", "Saturday, 4 July 2026 8:05 AM"],
  ["EEE MMM dd yy Z", "GMT", "Sat Jul 04 26 +0000"],
  ["'o''clock' H", "Asia/Kolkata", "o'clock 17"],
  ["D u", "Etc/UTC", "185 6"],
])("37: formatDate writes %s in %s", async (pattern, zone, text) => {
  expect(
    await evaluate(
      `return Utilities.formatDate(new Date(Date.UTC(2026, 6, 4, 12, 5, 6, 7)), "${zone}", ${JSON.stringify(pattern)});`,
    ),
  ).toBe(text);
});

it("37: formatString and parseCsv", async () => {
  expect(
    await evaluate(`return [Utilities.formatString("%s is %05.2f of %,d%%", "it", 3.14159, 1234567), Utilities.formatString("%-5s|%5s|%x", "a", "b", 255),
      Utilities.parseCsv('a,"b ""q"", c"\\n1,2\\n')];`),
  ).toEqual([
    "it is 03.14 of 1,234,567%",
    "a    |    b|ff",
    [
      ["a", 'b "q", c'],
      ["1", "2"],
    ],
  ]);
});

it("37: ids are UUIDs and differ", async () => {
  const [one, other] = (await evaluate(`return [Utilities.getUuid(), Utilities.getUuid()];`)) as [string, string];
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(other).not.toBe(one);
});

it("37a: mail goes to the outbox in both forms, and each recipient counts", async () => {
  const host =
    startHost(`function main() { MailApp.sendEmail("a@example.com,b@example.com", "One", "body"); MailApp.sendEmail({ to: "c@example.com", subject: "Two", htmlBody: "<b>x</b>" });
    return MailApp.getRemainingDailyQuota(); } function bad() { MailApp.sendEmail("nobody", "s", "b"); }`);
  expect(valueFrom(await host.run("main"))).toBe(97);
  expect(host.outbox().map(({ to, subject, body }) => `${to} ${subject} ${body}`)).toEqual([
    "a@example.com,b@example.com One body",
    "c@example.com Two <b>x</b>",
  ]);
  expect((await host.run("bad")).error).toBe("Invalid email: nobody");
});

it("37b: conditional formats, validations, protections, notes and styles are kept and read back", async () => {
  expect(
    await evaluate(`const sheet = SpreadsheetApp.getActiveSheet(); const range = sheet.getRange("A2:A10");
      sheet.setConditionalFormatRules([SpreadsheetApp.newConditionalFormatRule().whenTextEqualTo("error").setBackground("#f4cccc").setRanges([range]).build()]);
      const rule = sheet.getConditionalFormatRules()[0];
      range.setDataValidation(SpreadsheetApp.newDataValidation().requireCheckbox().setHelpText("tick").build());
      const validation = sheet.getRange("A3").getDataValidation();
      const protection = range.protect().setDescription("managed").setWarningOnly(true);
      const listed = sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE);
      sheet.getRange("A1:B1").setNotes([["n1", "n2"]]).setFontWeight("bold").setBackgrounds([["#ffffff", "#00ff00"]]).setWrapStrategy(SpreadsheetApp.WrapStrategy.CLIP);
      sheet.setFrozenRows(1).setColumnWidth(1, 200);
      return [rule.getRanges()[0].getA1Notation(), String(rule.getBooleanCondition().getCriteriaType()), rule.getBooleanCondition().getCriteriaValues(), rule.getBooleanCondition().getBackground(),
        validation.getCriteriaType() === SpreadsheetApp.DataValidationCriteria.CHECKBOX, validation.getHelpText(), listed.length, listed[0].getDescription(), listed[0].isWarningOnly(), listed[0].getRange().getA1Notation(),
        sheet.getRange("A1:B1").getNotes()[0].join(), sheet.getRange("A1").getFontWeight(), sheet.getRange("A1:B1").getBackgrounds()[0].join(), sheet.getRange("B1").getWrapStrategy() === SpreadsheetApp.WrapStrategy.CLIP,
        sheet.getFrozenRows(), sheet.getColumnWidth(1)];`),
  ).toEqual([
    "A2:A10",
    "TEXT_EQUAL_TO",
    ["error"],
    "#f4cccc",
    true,
    "tick",
    1,
    "managed",
    true,
    "A2:A10",
    "n1,n2",
    "bold",
    "#ffffff,#00ff00",
    true,
    1,
    200,
  ]);
});
