import { isExplained, type TrialEnd } from "./sync-end";
import { checkLostUpdates, type Verdict, type Violation } from "./sync-lost-updates";
import { isBlankWithoutSay, isFormulaColumn, isNoRow, type Sides, showSides, sidesOf, staysApart } from "./sync-sides";
import { entityOfText, sameValue, TRIAL_FIELDS, type TrialField } from "./sync-values";

/**
 * Checks everything that a world at rest can tell (section 8). After an undo older values stand again on purpose, and both
 * sides may differ: what the two sides were to agree on is left out.
 */
export function checkEnd(end: TrialEnd, undone = false): Verdict {
  const lost = undone ? { violations: [], raced: 0 } : checkLostUpdates(end);
  const violations = [
    ...checkRest(end),
    ...lost.violations,
    ...checkValues(end),
    ...checkLinks(end),
    ...(undone ? [] : checkConvergence(end)),
    ...checkUntouched(end),
    ...checkHistory(end),
    ...checkRemovals(end),
    ...checkSecrets(end),
  ];
  return { violations, raced: lost.raced };
}

function checkRest({ rest, outlook }: TrialEnd): Violation[] {
  const violations: Violation[] = [];
  if (!rest.quiet)
    violations.push({ rule: "I5", text: `no rest after ${rest.runs} runs: ${rest.failures.join("; ")}` });
  else if (outlook.failure !== null) violations.push({ rule: "I5", text: outlook.failure });
  else if (!outlook.empty) violations.push({ rule: "I5", text: "a preview after a run without work plans work" });
  return violations;
}

/** I6, I9: no value of another entity, no text that nobody wrote, no blank that nobody made. */
function checkValues(end: TrialEnd): Violation[] {
  const violations: Violation[] = [];
  const { actors } = end;
  const check = (place: string, entity: number, values: Readonly<Record<string, string>>) => {
    for (const field of TRIAL_FIELDS) {
      const value = values[field] ?? "";
      if (actors.ledger.isKnownValue(entity, field, value)) continue;
      const stranger = entityOfText(value) !== entity;
      const rule = value === "" ? "I9" : stranger ? "I6" : "I2";
      violations.push({ rule, text: `${place} of E${entity} holds "${value}" as ${field}` });
    }
  };
  const blurred = [...actors.ledger.entities.values()].some((entity) => entity.blurred);
  for (const row of end.rows) {
    const entity = actors.entityOf(row);
    if (entity === null && !blurred) violations.push({ rule: "I6", text: `row ${row.rowNumber} stands for nobody` });
    else if (entity !== null && !actors.ledger.entity(entity).blurred) check(`row ${row.rowNumber}`, entity, row.cells);
  }
  for (const { id, values } of end.records) {
    const entity = actors.ledger.entityOfRecord(id, values);
    if (entity === null) violations.push({ rule: "I6", text: `record ${id} stands for nobody` });
    else check(`record ${id}`, entity, values);
  }
  return violations;
}

/** I3: one record for an entity, one row for a record, and both are of the same entity. */
function checkLinks(end: TrialEnd): Violation[] {
  const violations: Violation[] = [];
  const { ledger } = end.actors;
  const byEntity = new Map<number, string[]>();
  const values = new Map(end.records.map((record) => [record.id, record.values]));
  for (const record of end.records) {
    const entity = ledger.entityOfRecord(record.id, record.values);
    if (entity !== null) byEntity.set(entity, [...(byEntity.get(entity) ?? []), record.id]);
  }
  for (const [entity, ids] of byEntity) {
    if (ids.length > 1 && ledger.entity(entity).oddities.length === 0)
      violations.push({ rule: "I3", text: `E${entity} has ${ids.length} records: ${ids.join(", ")}` });
  }
  const seen = new Map<string, number>();
  for (const row of end.rows.filter(({ id }) => values.has(id))) {
    const entity = end.actors.entityOf(row);
    const linked = ledger.entityOfRecord(row.id, values.get(row.id));
    const strange = entity === null || ledger.entity(entity).oddities.length > 0 || ledger.isMerged(entity);
    if (entity !== linked && !strange)
      violations.push({ rule: "I6", text: `row ${row.rowNumber} of E${entity} carries the id of E${linked}` });
    if (seen.has(row.id) && !strange)
      violations.push({ rule: "I3", text: `rows ${seen.get(row.id)} and ${row.rowNumber} carry the id ${row.id}` });
    seen.set(row.id, row.rowNumber);
  }
  return violations;
}

/** I4: both sides agree, and everybody who has to be there is there. */
function checkConvergence(end: TrialEnd): Violation[] {
  const violations: Violation[] = [];
  for (const entity of end.actors.ledger.entities.values()) {
    const { number } = entity;
    if (entity.oddities.length > 0 || end.actors.ledger.isMerged(number)) continue;
    const sides = sidesOf(end, number);
    const { row, crm } = sides;
    if (row === null || crm === null) {
      if (!end.excused.has(`${number}`) && !isNoRow({ row, crm }) && isMissing(end, number, sides))
        violations.push({
          rule: "I4",
          text: `E${number} has ${row === null ? "no row" : "no record"} and nobody says why`,
        });
      continue;
    }
    for (const field of TRIAL_FIELDS) {
      const silent = row.cells[field] === "" && isBlankWithoutSay(end, "sheet") && end.settings.direction === "push";
      const agrees =
        silent ||
        staysApart(end, sides, field) ||
        isFormulaColumn(end, sides, field) ||
        sameValue(field, row.cells[field], crm[field] ?? "");
      if (!agrees && row.formulas[field] === "" && !isExplained(end, number, field))
        violations.push({ rule: "I4", text: `E${number} ${field}: ${showSides(sides, field)}` });
    }
  }
  return violations;
}

function isMissing(end: TrialEnd, number: number, { row, crm }: Sides): boolean {
  const { rowRemoved, recordRemoved } = end.actors.ledger.entity(number);
  const { direction } = end.settings;
  if (row === null && crm === null) return rowRemoved === null && recordRemoved === null;
  if (row === null) return rowRemoved === null && direction !== "push";
  return recordRemoved === null && direction !== "pull";
}

/** I7: the unmapped column, the order of the rows and the user's formulas. */
function checkUntouched(end: TrialEnd): Violation[] {
  end.actors.checkOrder();
  const violations = end.actors.disorder.map((text) => ({ rule: "I7", text }));
  for (const [place, formula] of end.actors.formulas) {
    const [entity, field] = place.split(" ");
    const rows = end.rows.filter((row) => end.actors.entityOf(row) === Number(entity));
    if (rows.length > 0 && !rows.some((row) => row.formulas[field as TrialField] === formula))
      violations.push({ rule: "I7", text: `the formula of E${place} is gone` });
  }
  return violations;
}

/** I8: processed = successes + errors + skipped, and no run stays open. */
function checkHistory(end: TrialEnd): Violation[] {
  return end.history.flatMap(({ runId, totals, type }) => {
    const { processed, successes, errors, skipped } = totals;
    if (processed === successes + errors + skipped) return [];
    return [{ rule: "I8", text: `${type} ${runId}: ${processed} is not ${successes} + ${errors} + ${skipped}` }];
  });
}

/** I9: rows and records go only when their own people removed one side of them, as the policy says. */
function checkRemovals(end: TrialEnd): Violation[] {
  const violations: Violation[] = [];
  for (const entity of end.actors.ledger.entities.values()) {
    if (entity.oddities.length > 0 || end.actors.ledger.isMerged(entity.number)) continue;
    const { number, rowRemoved, recordRemoved } = entity;
    const hadRecord = entity.writes.some((write) => write.side === "crm");
    const hadRow = entity.writes.some((write) => write.side === "sheet");
    const rows = end.rows.filter((row) => end.actors.entityOf(row) === number).length;
    const records = end.records.filter(
      ({ id, values }) => end.actors.ledger.entityOfRecord(id, values) === number,
    ).length;
    const archivable = rowRemoved !== null && end.settings.removedRows === "archive";
    const removable = recordRemoved !== null && end.settings.gone === "remove-row";
    if (hadRecord && records === 0 && recordRemoved === null && !archivable)
      violations.push({ rule: "I9", text: `the record of E${number} was archived and nobody wanted it` });
    if (hadRow && rows === 0 && rowRemoved === null && !removable)
      violations.push({ rule: "I9", text: `the row of E${number} is gone and nobody wanted it` });
  }
  return violations;
}

/** I17: the token stands nowhere in the file. */
function checkSecrets({ actors, told }: TrialEnd): Violation[] {
  const { token } = actors.world;
  const found = actors.world.holds(token) || told.includes(token);
  return found ? [{ rule: "I17", text: "the token stands in the file" }] : [];
}
