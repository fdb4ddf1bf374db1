/**
 * Puts the values of custom properties in their places: the names are for people who read the source, a colour is shorter.
 * Only for properties that are given once, for the whole page.
 *
 * @param {string} css minified
 * @returns {string}
 */
export function placeCustomProperties(css) {
  /** @type {Map<string, string>} */
  const values = new Map();
  const rest = css.replace(/(--[\w-]+):([^;}]+);?/g, (_, name, value) => {
    if (values.has(name)) throw new Error(`the style sheet gives ${name} twice, its value cannot be put in place.`);
    values.set(name, value.trim());
    return "";
  });
  return rest.replace(/var\((--[\w-]+)\)/g, (_, name) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`the style sheet uses ${name} without giving it a value.`);
    return value;
  });
}
