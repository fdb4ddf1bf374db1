/**
 * Visits a node and everything below it.
 *
 * @param {unknown} node an ESTree node or anything found inside one
 * @param {(node: Record<string, unknown> & {type: string}) => void} visit
 */
export function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  if (typeof node !== "object" || node === null || !("type" in node)) return;
  visit(/** @type {any} */ (node));
  for (const value of Object.values(node)) walk(value, visit);
}
