/**
 * @typedef {object} Row
 * @property {string} step
 * @property {number} records
 * @property {number} crmCalls
 * @property {number} lowerBound
 * @property {number | null} callLimit
 * @property {number} unchangedReads
 * @property {number} sheetCalls
 * @property {number | null} sheetCallLimit
 * @property {number} executions
 * @property {number} executionsOfSixMinutes
 * @property {number} virtualSeconds
 * @property {number} wallSeconds
 * @property {string | null} problem
 */

/**
 * @typedef {object} Timed
 * @property {number} rows
 * @property {number} fields
 * @property {number} planMs best of all rounds
 * @property {number} inputMb memory of the process when both sides and the base are read
 * @property {number} peakMb
 * @property {number} [daffMs]
 */

/**
 * @typedef {object} Results
 * @property {readonly {rows: readonly Row[], peakMb: number}[]} addOn by size
 * @property {{rows: readonly Row[], damaged: number, peakMb: number} | null} naive
 * @property {{small: Timed, large: Timed, beside: Timed} | null} merge
 */

/** Planning 100,000 rows of 20 fields: ms, memory beside its input, and how much slower than 10,000 rows. */
const MAX_PLAN_MS = 2_000;
const MAX_PLAN_MB = 600;
const MAX_GROWTH = 13;

/** @param {number} value */
const whole = (value) => value.toLocaleString("en");

/**
 * Limits that do not hold, in sentences.
 *
 * @param {Results} results
 */
export function brokenLimits({ addOn, merge }) {
  const calls = addOn.flatMap(({ rows }) => rows).flatMap(brokenCallLimits);
  if (merge === null) return calls;
  const { small, large } = merge;
  const memory = large.peakMb - large.inputMb;
  const growth = large.planMs / small.planMs;
  const checks = [
    { ok: large.planMs < MAX_PLAN_MS, says: `planning 100,000 rows took ${whole(Math.round(large.planMs))} ms` },
    { ok: memory < MAX_PLAN_MB, says: `planning 100,000 rows took ${whole(Math.round(memory))} MB` },
    { ok: growth <= MAX_GROWTH, says: `planning ten times the rows took ${growth.toFixed(1)} times as long` },
  ];
  return [...calls, ...checks.filter(({ ok }) => !ok).map(({ says }) => says)];
}

/** @param {Row} row */
function brokenCallLimits({ step, records, crmCalls, callLimit, sheetCalls, sheetCallLimit, problem }) {
  const place = `${whole(records)} records, ${step}`;
  const tooMany = (/** @type {number} */ found, /** @type {number | null} */ limit) => limit !== null && found > limit;
  if (problem !== null) return [`${place}: failed. ${problem}`];
  return [
    ...(tooMany(crmCalls, callLimit) ? [`${place}: ${crmCalls} CRM calls, at most ${callLimit}`] : []),
    ...(tooMany(sheetCalls, sheetCallLimit) ? [`${place}: ${sheetCalls} sheet calls, at most ${sheetCallLimit}`] : []),
  ];
}

const HEAD = [
  "records",
  "step",
  "CRM calls",
  "lower bound",
  "ratio",
  "limit",
  "reads of unchanged",
  "sheet calls",
  "executions of 6 min",
  "virtual s",
];

/** @param {Row} row */
function toCells(row) {
  const limits = row.sheetCallLimit === null ? "" : ` (at most ${row.sheetCallLimit})`;
  return [
    whole(row.records),
    row.problem === null ? row.step : `${row.step} (failed)`,
    whole(row.crmCalls),
    whole(row.lowerBound),
    (row.crmCalls / row.lowerBound).toFixed(1),
    row.callLimit === null ? "" : whole(row.callLimit),
    whole(row.unchangedReads),
    `${whole(row.sheetCalls)}${limits}`,
    whole(row.executionsOfSixMinutes),
    row.virtualSeconds.toFixed(1),
  ];
}

/** @param {readonly (readonly string[])[]} lines the head first */
function toMarkdown([head = [], ...lines]) {
  const isText = (/** @type {number} */ at) => head[at] === "step";
  const rule = head.map((_, at) => (isText(at) ? "---" : "---:"));
  return [head, rule, ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** @param {readonly (readonly string[])[]} lines the head first */
function toColumns(lines) {
  const [head = []] = lines;
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const format = (/** @type {readonly string[]} */ line) =>
    line.map((text, at) => (at === 1 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join("  ");
  return lines.map(format).join("\n");
}

/**
 * The counts for a terminal.
 *
 * @param {Results} results
 */
export function formatReport({ addOn, naive }) {
  const parts = [];
  const rows = addOn.flatMap((one) => one.rows);
  if (rows.length > 0) parts.push(`The add-on:\n${toColumns([HEAD, ...rows.map(toCells)])}`);
  if (naive !== null) {
    parts.push(`A naive script:\n${toColumns([HEAD, ...naive.rows.map(toCells)])}\n${damageText(naive)}`);
  }
  return parts.join("\n\n");
}

/** @param {{rows: readonly Row[], damaged: number}} naive */
function damageText({ rows, damaged }) {
  return `A pull and a push without any edit changed ${whole(damaged)} of ${whole(rows[0]?.records ?? 0)} contacts: the sheet read phone numbers and postcodes as numbers.`;
}

/**
 * What depends on the machine: printed, never kept.
 *
 * @param {Results} results
 */
export function formatMachine({ addOn, naive, merge }) {
  const lines = ["", "On this machine:"];
  for (const { rows, peakMb } of [...addOn, ...(naive === null ? [] : [naive])]) {
    const steps = rows.map(({ step, wallSeconds }) => `${step} ${wallSeconds.toFixed(1)} s`).join("; ");
    lines.push(`  ${whole(rows[0]?.records ?? 0)} records: ${steps}; peak ${whole(Math.round(peakMb))} MB`);
  }
  if (merge !== null) {
    for (const { rows, fields, planMs, inputMb, peakMb } of [merge.small, merge.large]) {
      const memory = `${whole(Math.round(peakMb - inputMb))} MB beside ${whole(Math.round(inputMb))} MB of input`;
      lines.push(`  plan of ${whole(rows)} rows x ${fields} fields: ${whole(Math.round(planMs))} ms, ${memory}`);
    }
    lines.push(`  ${whole(merge.large.rows / merge.small.rows)} times the rows: ${growthOf(merge)} times as long`);
    const { rows, fields, planMs, daffMs = 0 } = merge.beside;
    const times = `${whole(Math.round(planMs))} ms, daff ${whole(Math.round(daffMs))} ms`;
    lines.push(`  plan of ${whole(rows)} rows x ${fields} fields: ${times} (${(daffMs / planMs).toFixed(1)} times)`);
  }
  return lines.join("\n");
}

/** @param {{small: Timed, large: Timed}} merge */
function growthOf({ small, large }) {
  return (large.planMs / small.planMs).toFixed(1);
}

/**
 * docs/benchmarks.md: only what is the same on every machine.
 *
 * @param {Results} results
 */
export function formatDocument({ addOn, naive, merge }) {
  if (naive === null || merge === null) throw new Error("the document needs the whole benchmark.");
  const rows = addOn.flatMap((one) => one.rows);
  return `# Benchmarks

Made by \`npm run bench -- --write\`; \`npm run bench\` prints the same and, apart, what depends on the machine: seconds of its
clock and memory. The built add-on runs in the emulated Apps Script beside the HubSpot sandbox, on a clock that only moves by
what calls cost. Calls are counted, so two runs give the same figures, whatever the machine. The costs
(\`workbench/apps-script/cost-model.ts\`) are guesses to compare designs by, not Google's numbers: virtual seconds say what takes
longer, not how long it will take. Computing costs nothing on that clock.

## The add-on

Ten mapped columns, conflicts: the sheet wins. All steps of a size are made on one world, one after the other.

- **CRM calls**: every request, retries too; those under *reads of unchanged* apart.
- **Lower bound**: fewest calls that any program needs (docs/sync-rules.md, section 9): pages of 100 for a list, of 200 for a
  search, batches of 100 for writes, and one question what has changed.
- **Limit**: most calls that the rules allow (I10): what is written was looked up or read before, what a search shows is read
  by id; five calls a run for account, fields and the like.
- **Reads of unchanged**: linked records read by id although nobody had changed them: the rotating verification of scheduled
  runs, all of them in a run by hand with up to 2,000 linked rows, and what a run that only pushes compares with.
- **Sheet calls**: methods that read or write cells, formats or the grid. The limit for a run with nothing to do is eight, and
  two for every 2 MB of table or base.
- **Executions of 6 min**: how many it would take if each could use the six minutes that Apps Script allows.

${toMarkdown([HEAD, ...rows.map(toCells)])}

## A naive script

Scripts that are passed on in public search for each row, write each row, and set each cell. Such a script
(\`workbench/bench/naive-script.ts\`) on the same emulator, sandbox and contacts; it is started again whenever the six minutes
cut it off.

${toMarkdown([HEAD, ...naive.rows.map(toCells)])}

${damageText(naive)}

## The merge alone

Limits that \`npm run bench\` checks: a plan over 100,000 rows of 20 fields of which 1 % changed takes less than
${MAX_PLAN_MS / 1_000} seconds and ${MAX_PLAN_MB} MB beside what was read, and at most ${MAX_GROWTH} times as long as one over 10,000 rows. The
three-way merge of the public library \`daff\` took ${((merge.beside.daffMs ?? 0) / merge.beside.planMs).toFixed(1)} times as long as our plan for the same
${whole(merge.beside.rows)} rows of ${merge.beside.fields} fields (one run; this ratio differs a little from run to run).
`;
}
