import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeRecorded, readAllFixtures } from "./read-fixture";

const root = join(__dirname, "../../../workbench");

/** What identifies somebody or something in a recording. */
function identifiersOf(text: string): string[] {
  const uuids = text.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
  const emails = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
  const ids = [...text.matchAll(/"(?:\w*[iI]ds?|hs_object_id|hs_all_contact_vids)":\s*\[?\s*"?(\d{6,})/g)];
  const portals = [...text.matchAll(/(?:contacts\/|"(?:portalId|hs_object_source_id)":\s*"?)(\d{6,})/g)];
  return [...uuids, ...emails, ...ids.map((hit) => hit[1] ?? ""), ...portals.map((hit) => hit[1] ?? "")];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describeRecorded("recordings stay out of the workbench", 2, () => {
  // Counting up from one is nobody's id: authors who shorten a body put it there.
  const identifiers = [...new Set(readAllFixtures().flatMap(identifiersOf))].filter(
    (text) => !"1234567890".startsWith(text),
  );

  it("finds many identifiers in the recordings", () => {
    expect(identifiers.filter((text) => text.includes("@")).length).toBeGreaterThan(20);
    expect(identifiers.filter((text) => /^\d+$/.test(text)).length).toBeGreaterThan(150);
    expect(identifiers.filter((text) => /^[0-9a-f]{8}-/.test(text)).length).toBeGreaterThan(400);
  });

  it("no id, e-mail address or correlation id of a recording appears under workbench/", () => {
    const leaks = filesBelow(root).flatMap((path) => {
      const text = readFileSync(path, "utf8");
      const words = new Set(text.match(/[\w.+@-]+/g));
      const numbers = new Set(text.replaceAll("_", "").match(/\d+/g));
      const found = identifiers.filter((identifier) => words.has(identifier) || numbers.has(identifier));
      return found.map((identifier) => `${path}: ${identifier}`);
    });
    expect(leaks).toEqual([]);
  });
});
