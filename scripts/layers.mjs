/**
 * What each folder may import besides itself. This text is the picture in ARCHITECTURE.md and the source of the rules
 * that dependency-cruiser checks. In a bracket: `-` nothing, the name of another folder (`src/` may be left out), `src`
 * every folder of src, `node` Node's modules, `npm` any installed package, otherwise the name of one package.
 */
export const LAYER_LIST = `
src/domain                [-]
src/merge                 [domain]
src/ports                 [domain]
src/state                 [domain ports zod]
src/engine                [domain merge ports state]
src/adapters/rest         [domain ports zod]
src/adapters/hubspot      [domain ports adapters/rest zod]
src/adapters/salesforce   [domain ports adapters/rest zod]
src/adapters/sheet        [domain ports]
src/adapters/apps-script  [domain ports]
src/contract              [zod]
src/app                   [domain ports state engine merge contract]
src/entry                 [src]
sidebar                   [contract preact]
workbench                 [contract node npm]
scripts                   [node npm]
test                      [src sidebar workbench scripts node npm]
`.trim();

/**
 * @typedef {object} Layer
 * @property {string} folder path from the root
 * @property {readonly string[]} folders other folders it may import from
 * @property {readonly string[]} packages packages it may import
 * @property {boolean} anyPackage whether it may import every installed package
 * @property {boolean} node whether it may import Node's modules
 */

/**
 * Reads the list.
 *
 * @param {string} list one `folder [words]` a line
 * @returns {readonly Layer[]}
 * @throws {Error} at a line that is not of that form
 */
export function parseLayers(list) {
  const lines = list.split("\n").map((line) => {
    const [, folder = "", words = ""] = /^(\S+)\s+\[([^\]]+)\]$/.exec(line.trim()) ?? [];
    if (folder === "") throw new Error(`not a line of the layer list: '${line}'`);
    return { folder, words: words.split(/\s+/).filter((word) => word !== "-") };
  });
  const names = lines.map((line) => line.folder);
  return lines.map(({ folder, words }) => toLayer(folder, words, names));
}

/**
 * @param {string} folder
 * @param {readonly string[]} words
 * @param {readonly string[]} names all folders of the list
 */
function toLayer(folder, words, names) {
  /** @type {string[]} */
  const folders = [];
  /** @type {string[]} */
  const packages = [];
  for (const word of words) {
    if (word === "node" || word === "npm") continue;
    const name = [word, `src/${word}`].find((candidate) => names.includes(candidate));
    if (word === "src") folders.push("src");
    else if (name !== undefined) folders.push(name);
    else packages.push(word);
  }
  return { folder, folders, packages, anyPackage: words.includes("npm"), node: words.includes("node") };
}

/** The layers of this project. */
export const LAYERS = parseLayers(LAYER_LIST);
