import { isExplained, type TrialEnd } from "./sync-end";
import type { LedgerWrite, Removal } from "./sync-ledger";
import { isBlankWithoutSay, isFormulaColumn, isNoRow, type Sides, showSides, sidesOf, staysApart } from "./sync-sides";
import { namesValue, sameValue, TRIAL_FIELDS } from "./sync-values";

/** Something that must always hold and does not. */
export interface Violation {
  /** Id of sync-rules section 8. */
  readonly rule: string;
  readonly text: string;
}

/** What was found, and what was counted apart. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Edits of a call's width that nobody can keep (I1). */
  readonly raced: number;
}

/** I1, I2: what became of every value that somebody wrote. */
export function checkLostUpdates(end: TrialEnd): Verdict {
  const violations: Violation[] = [];
  let raced = 0;
  for (const entity of end.actors.ledger.entities.values()) {
    if (entity.oddities.length > 0 || end.actors.ledger.isMerged(entity.number)) continue;
    const sides = sidesOf(end, entity.number);
    for (const write of entity.writes) {
      if (isNoRow(sides) || isAccountedFor(end, sides, write)) continue;
      if (write.raced) raced += 1;
      else violations.push({ rule: "I1", text: `${describe(write)} is lost: ${showSides(sides, write.field)}` });
    }
    violations.push(...checkLatest(end, entity.number, sides));
  }
  return { violations, raced };
}

/** Was the value replaced by somebody who saw it, or does it stand, or does the history keep it? */
function isAccountedFor(end: TrialEnd, sides: Sides, write: LedgerWrite): boolean {
  const { field, value, side, step } = write;
  const entity = end.actors.ledger.entity(write.entity);
  const later = entity.writes.filter((other) => other.field === field && other.step > step);
  if (later.some((other) => sameValue(field, other.over, value))) return true;
  // Where new rows are left blank for a formula, the user types without having seen the value.
  const hadFormula = end.actors.formulaFields.has(field);
  if (hadFormula && side === "crm" && later.some((other) => other.side === "sheet" && other.over === "")) return true;
  if (value === "" && wasFilledAndSeen(end, write, later)) return true;
  if (value === "" && end.actors.doubtfulBlanks.has(`${write.entity} ${field}`)) return true;
  const onSheet = sides.row !== null && sameValue(field, sides.row.cells[field], value);
  const inCrm = sides.crm !== null && sameValue(field, sides.crm[field] ?? "", value);
  if (onSheet && inCrm) return true;
  if (value === "" ? isBlankWithoutSay(end, side) || gaveWay(end, sides, write) : namesValue(end.told, value))
    return true;
  const stands = side === "sheet" ? sides.rows.some((row) => sameValue(field, row.cells[field], value)) : inCrm;
  if (stands && staysApart(end, sides, field)) return true;
  if (stands && (isExplained(end, write.entity, field) || isFormulaColumn(end, sides, field))) return true;
  return (stands && isOneWay(end, sides, write)) || isGoneWithPart(write, entity, stands);
}

/** Where nothing was in step yet a blank is filled from the other side (F6), and its people typed over what came. */
function wasFilledAndSeen(end: TrialEnd, { entity, field, side }: LedgerWrite, later: readonly LedgerWrite[]): boolean {
  const others = end.actors.ledger.valuesOf(entity, field, side === "sheet" ? "crm" : "sheet");
  const isTheirs = (value: string) => value !== "" && others.some((one) => sameValue(field, one, value));
  return later.some((write) => write.side === side && isTheirs(write.over));
}

/** A mapping of one way makes nothing on the side that it comes from. */
function isOneWay({ settings }: TrialEnd, { row, crm }: Sides, { side }: LedgerWrite): boolean {
  return side === "crm" ? row === null && settings.direction === "push" : crm === null && settings.direction === "pull";
}

/** A blank gives way to what the other side wrote without knowing of it (F6), and keeps nothing that could be lost. */
function gaveWay(end: TrialEnd, { row, crm }: Sides, { entity, field, side }: LedgerWrite): boolean {
  const others = end.actors.ledger
    .valuesOf(entity, field, side === "sheet" ? "crm" : "sheet")
    .filter((one) => one !== "");
  const shown = (side === "sheet" ? row?.cells[field] : crm?.[field]) ?? "";
  return shown !== "" && sameValue(field, others[others.length - 1] ?? "", shown);
}

/** The row or the record was deleted by its own people afterwards, or the other part is gone and the value still stands or was seen. */
function isGoneWithPart(
  { side, step, field, value }: LedgerWrite,
  { rowRemoved, recordRemoved }: { readonly rowRemoved: Removal | null; readonly recordRemoved: Removal | null },
  stands: boolean,
): boolean {
  const own = side === "sheet" ? rowRemoved : recordRemoved;
  const other = side === "sheet" ? recordRemoved : rowRemoved;
  if (own !== null && own.step > step) return true;
  const shown = other?.values[field] ?? "";
  return other !== null && (stands || shown === "" || sameValue(field, shown, value));
}

/** I2: what stands is the latest write of one of the sides. */
function checkLatest(end: TrialEnd, entity: number, sides: Sides): Violation[] {
  const { ledger } = end.actors;
  const violations: Violation[] = [];
  const { rowRemoved, recordRemoved } = ledger.entity(entity);
  // What was typed into a row that was deleted is no latest write of the row that came back.
  if (sides.row === null || sides.crm === null || rowRemoved !== null || recordRemoved !== null) return violations;
  for (const field of TRIAL_FIELDS) {
    const values = (["sheet", "crm"] as const).flatMap((side) => {
      const last = ledger.lastWrite(entity, field, side);
      // A blank that has no say leaves in force what was in step before it.
      if (last?.value === "" && isBlankWithoutSay(end, side)) return ledger.valuesOf(entity, field, side);
      return last === null ? [] : [last.value];
    });
    if (values.length === 0 || isExplained(end, entity, field) || isFormulaColumn(end, sides, field)) continue;
    for (const [side, value] of [
      ["sheet", sides.row?.cells[field]],
      ["crm", sides.crm?.[field]],
    ] as const) {
      if (value === undefined || values.some((one) => sameValue(field, one, value))) continue;
      violations.push({
        rule: "I2",
        text: `E${entity} ${field}: the ${side} shows "${value}", the latest are ${values.join(", ")}`,
      });
    }
  }
  return violations;
}

function describe(write: LedgerWrite): string {
  return `E${write.entity} ${write.field} "${write.value}" (${write.side}, step ${write.step}, over "${write.over}")`;
}
