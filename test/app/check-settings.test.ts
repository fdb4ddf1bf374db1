import { checkSettings } from "../../src/app/check-settings";
import { DEFAULT_SETTINGS } from "../../src/app/mapping-settings";
import type { Direction, GuardLimitsView, MappingDraft, MappingSettings } from "../../src/contract/views";

function issues(change: Partial<MappingSettings>, direction: Direction = "both"): string[] {
  const draft: MappingDraft = {
    id: null,
    name: "People",
    crm: "hubspot",
    objectType: "contacts",
    tabId: 1,
    headerRow: 1,
    direction,
    keyField: "email",
    columns: [],
    settings: { ...DEFAULT_SETTINGS, ...change },
  };
  return checkSettings(draft).map(({ level, column, message }) => `${level} ${column} ${message}`);
}

const limits = (change: Partial<GuardLimitsView>) => issues({ guard: { ...DEFAULT_SETTINGS.guard, ...change } });

describe("policies and limits of a draft", () => {
  it("are nothing to talk about as they are in a new mapping", () => {
    expect(issues({})).toEqual([]);
    expect(issues({ conflicts: "newest-wins", gone: "unlink", removedRows: "bring-back" })).toEqual([]);
  });

  it("R8 warn where rows that go take their records along, and say when they would not", () => {
    expect(issues({ removedRows: "archive" })).toEqual([
      expect.stringMatching(
        /^warning 0 Records are archived in the CRM when their rows are removed.*only the CRM can\.$/,
      ),
    ]);
    expect(issues({ removedRows: "archive" }, "pull")).toEqual([expect.stringContaining("nothing is archived")]);
  });

  it("R6 warn where rows go with all their cells", () => {
    expect(issues({ gone: "remove-row" })).toEqual([expect.stringContaining("unmapped ones too")]);
  });

  it.each<[keyof GuardLimitsView, number, string]>([
    ["deleteShare", 0.9, "removed from the sheet or archived"],
    ["deleteFloor", 1_000, "removed from the sheet or archived"],
    ["clearShare", 1, "cleared"],
    ["clearFloor", 9_999, "cleared"],
    ["changeShare", 0.95, "changed"],
    ["changeFloor", 1_000, "changed"],
  ])("warn when %s is %d: hardly anything would stop a run", (name, value, words) => {
    expect(limits({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^warning 0 .*${words}.*hardly ever`)),
    ]);
  });

  it("warn of new records only when neither of their limits holds", () => {
    expect(limits({ createShare: 1 })).toEqual([]);
    expect(limits({ createMax: 10_000 })).toEqual([]);
    expect(limits({ createShare: 1, createMax: 10_000 })).toEqual([expect.stringContaining("created")]);
    expect(limits({ createFloor: 2_000, createMax: 2_000 })).toEqual([expect.stringContaining("created")]);
  });

  it("are no warning just below that, nor when a limit stops everything", () => {
    expect(limits({ deleteShare: 0.89, clearFloor: 999, changeFloor: 999, createMax: 999, createShare: 1 })).toEqual(
      [],
    );
    expect(limits({ deleteShare: 0, deleteFloor: 0, createMax: 0 })).toEqual([]);
  });

  it.each<keyof GuardLimitsView>(["deleteFloor", "clearFloor", "changeFloor", "createFloor", "createMax"])(
    "may not allow more than 10,000 by %s",
    (name) => {
      expect(limits({ [name]: 10_000 }).filter((issue) => issue.startsWith("problem"))).toEqual([]);
      expect(limits({ [name]: 10_001 })[0]).toBe(
        "problem 0 A limit may allow at most 10000 without asking, not 10001.",
      );
    },
  );
});
