import { areDefault, isDefault, LIMITS, toPercent } from "../../sidebar/state/mapping-settings";
import type { GuardLimitsView } from "../../src/contract/views";
import { SETTINGS } from "../support/fake-rpc-data";

const NAMES = Object.keys(SETTINGS.guard) as (keyof GuardLimitsView)[];

describe("policies and limits in the editor", () => {
  it("have a place for every limit", () => {
    const placed = LIMITS.flatMap(({ floor, share, most }) => [floor, share, ...(most ? [most] : [])]);
    expect([...placed].sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES)("are no longer the standard ones when %s is another", (name) => {
    const guard = { ...SETTINGS.guard, [name]: SETTINGS.guard[name] + 0.01 };
    expect(areDefault(guard, SETTINGS.guard)).toBe(false);
    expect(isDefault({ ...SETTINGS, guard }, SETTINGS)).toBe(false);
  });

  it.each([
    { conflicts: "sheet-wins" },
    { gone: "unlink" },
    { removedRows: "bring-back" },
    { notify: { onApproval: true, onErrors: false } },
    { notify: { onApproval: false, onErrors: true } },
  ] as const)("are no longer the standard ones with %j", (change) => {
    expect(isDefault({ ...SETTINGS, ...change }, SETTINGS)).toBe(false);
    expect(isDefault({ ...SETTINGS }, SETTINGS)).toBe(true);
  });

  it("show shares in whole percent", () => {
    expect([0, 0.07, 0.29, 0.5, 0.57, 1].map(toPercent)).toEqual([0, 7, 29, 50, 57, 100]);
  });
});
