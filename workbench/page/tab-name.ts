/** Signs that the grid refuses in names of tabs, though Sheets takes them, each with a look-alike that hardly any name has. */
const lookAlikes: readonly (readonly [string, string])[] = [
  ["/", "\u2215"],
  ["\\", "\u2216"],
  ["*", "\u2217"],
  ["?", "\ufe56"],
  ["'", "\u02bc"],
  ["[", "\uff3b"],
  ["]", "\uff3d"],
];

const toShown = new Map(lookAlikes);
const toReal = new Map(lookAlikes.map(([real, shown]) => [shown, real]));

/** A tab's name as the grid can bear it. */
export function toGridName(name: string): string {
  return replaceSigns(name, toShown);
}

/** The name in the workbook of a tab that the grid calls so. */
export function toTabName(gridName: string): string {
  return replaceSigns(gridName, toReal);
}

/** A formula of the workbook with the grid's names of tabs. */
export function toGridFormula(formula: string): string {
  return replaceTabs(formula, (name) => toGridName(name.replaceAll("''", "'")));
}

/** A formula of the grid with the workbook's names of tabs. */
export function toTabFormula(formula: string): string {
  return replaceTabs(formula, (name) => toTabName(name).replaceAll("'", "''"));
}

function replaceSigns(text: string, signs: ReadonlyMap<string, string>): string {
  return [...text].map((sign) => signs.get(sign) ?? sign).join("");
}

/** Changes names in quotes before an exclamation mark; text in double quotes is left alone. */
function replaceTabs(formula: string, change: (name: string) => string): string {
  return formula.replace(/"[^"]*"|'((?:[^']|'')+)'!/g, (part: string, name: string | undefined) =>
    name === undefined ? part : `'${change(name)}'!`,
  );
}
