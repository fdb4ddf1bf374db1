import type { LinkOperation } from "../../src/domain/plan";
import { CONTACTS, EngineTrial } from "./engine-trial";
import { updateOf } from "./trial-operations";

const linkOf = (
  id: string,
  rowNumber: number,
  row: readonly [string, string, string],
  change: Partial<LinkOperation>,
) =>
  ({
    kind: "link",
    id,
    rule: "R2",
    title: row[0],
    recordId: "",
    baseId: "",
    expectedId: "",
    rowNumber,
    row: { email: `t${row[0]}`, firstname: `t${row[1]}`, city: `t${row[2]}` },
    ...change,
  }) satisfies LinkOperation;

/** A new row whose record exists (R2), a row of a record that was merged into another (R11), and an update that hangs on it. */
function linking(): EngineTrial {
  const trial = new EngineTrial(CONTACTS, [
    ["a@x.com", "Ann", "Rome", ""],
    ["b@x.com", "Bob", "Oslo", ""],
  ]);
  const bob = trial.link(3);
  const ann = trial.crm.world.create("contacts", { email: "a@x.com", firstname: "Ann" });
  const survivor = trial.crm.world.create("contacts", { email: "b2@x.com", city: "Oslo" });
  trial.crm.world.merge("contacts", survivor, bob);
  trial.crm.world.changes.length = 0;
  trial.begin([
    linkOf("l:2", 2, ["a@x.com", "Ann", "Rome"], { recordId: ann, baseId: ann }),
    linkOf("l:3", 3, ["b@x.com", "Bob", "Oslo"], { rule: "R11", recordId: survivor, baseId: bob, expectedId: bob }),
    { ...updateOf(trial, survivor, { city: ["Oslo", "Bonn"] }), rowNumber: 3 },
  ]);
  return trial;
}

describe("links that were cut off", () => {
  it("I13: end as if nobody had killed them, whatever call it was and whatever became of buffered writes", () => {
    const whole = linking();
    whole.step();
    const totals = { processed: 3, linked: 2, updated: 1, errors: 0, skipped: 0 };
    expect(whole.run()?.totals).toMatchObject(totals);
    for (const k of whole.points()) {
      for (const left of ["lost", "kept", { prefix: 1 }] as const) {
        const trial = linking();
        expect(trial.step({ k, left })).toBeNull();
        expect(trial.step()).toMatchObject({ phase: "done", totals, failedLinks: [] });
        expect(trial.rows()).toEqual(whole.rows());
        expect(trial.base()).toEqual(whole.base());
        expect(trial.effects()).toEqual(whole.effects());
        expect(trial.events()).toHaveLength(1);
      }
    }
  });

  it("hold back what hangs on a row that was edited meanwhile, and nothing else", () => {
    const trial = linking();
    trial.step({ call: "sheet.flush", nth: 1, when: "after" });
    trial.grid.user.type(trial.tabId, 3, 3, "Kiel");
    const run = trial.step();
    expect(run).toMatchObject({ phase: "done", failedLinks: ["l:3"], totals: { processed: 2, linked: 1, skipped: 1 } });
    expect(trial.crm.world.changes).toEqual([]);
  });
});
