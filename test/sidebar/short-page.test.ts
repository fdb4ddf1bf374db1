import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { callModules, projectRoot } from "../support/call-module";

interface ShortClasses {
  readonly css: string;
  readonly script: string;
  readonly classNames: Readonly<Record<string, string>>;
}

function step(file: string, name: string, ...args: readonly unknown[]): unknown {
  return callModules([{ file: `scripts/steps/${file}.mjs`, name, args }])[0];
}

describe("the shortening of the page", () => {
  it.each([
    ['f("".concat(a,": ").concat(b))', 'f(a+": "+b)'],
    ['f("".concat(a,b))', 'f(""+a+b)'],
    ['f("x".concat(a?b:c))', 'f("x"+(a?b:c))'],
    ['"x".concat(1+2)', '("x"+(1+2))'],
    ['"".concat(a,"-").length', '(a+"-").length'],
    ['b&&" ".concat("".concat(a,"!"))', 'b&&" "+(a+"!")'],
    ['function f(){return"".concat(a,"!")}', 'function f(){return a+"!"}'],
    ["list.concat(a)", "list.concat(a)"],
    ['"x".concat(...a)', '"x".concat(...a)'],
  ])("joins texts by a plus: %s", (script, expected) => {
    expect(step("join-by-plus", "joinByPlus", script)).toBe(expected);
  });

  it("writes a repeated text or set of attributes once, and the script does the same", () => {
    const call = 'h("paragraph",{class:"hint"},null)';
    const script = `(()=>{const h=(a,b,c)=>[a,{...b},c];globalThis.out=[${call},${call},${call},"hint",{"hint":1}];})();`;
    const shared = String(step("share-constants", "shareConstants", script));
    expect(shared.match(/paragraph/g)).toHaveLength(1);
    expect(shared.match(/class:/g)).toHaveLength(1);
    expect(outOf(shared)).toEqual(outOf(script));
  });

  it("leaves a script alone that repeats nothing", () => {
    const script = '(()=>{"use strict";globalThis.out="a"})();';
    expect(step("share-constants", "shareConstants", script)).toBe(script);
  });

  it("gives classes short names in style and script alike", () => {
    const script = 'h("p",{class:"muted"},h("b",{class:a?"card":"card own"}),h("i",{class:"chip "+tone}))';
    const short = shortClasses(".muted{}.card.own{}.chip.good{}", script);
    const { muted, card, own, chip } = short.classNames;
    expect(short.css).toBe(`.${muted}{}.${card}.${own}{}.${chip}.good{}`);
    expect(short.script).toContain(`{class:a?"${card}":"${card} ${own}"}`);
    expect(short.script).toContain(`{class:"${chip} "+tone}`);
    expect(new Set([muted, card, own, chip]).size).toBe(4);
  });

  it.each([
    ["is a word of the data", 'h("p",{class:"error"});severity==="error"'],
    ["is part of a word that is put together", 'h("p",{class:"error"+tone})'],
    ["is asked for by a selector", 'h("p",{class:"error"});find("p.error")'],
    ["is in no text of the script", 'h("p",{class:tone})'],
  ])("keeps the name of a class that %s", (_, script) => {
    expect(shortClasses(".error{}", script)).toMatchObject({ css: ".error{}", script });
  });

  it("puts the values of custom properties in their places", () => {
    const css = ":root{--ink: #222;--pale:#eee}p{color:var(--ink);background:var(--pale)}";
    expect(step("short-style", "placeCustomProperties", css)).toBe(":root{}p{color:#222;background:#eee}");
  });

  it("does not build a style sheet whose custom properties have no single value", () => {
    const twice = "p{--ink:#222}b{--ink:#333}";
    expect(() => step("short-style", "placeCustomProperties", twice)).toThrow("gives --ink twice");
    expect(() => step("short-style", "placeCustomProperties", "p{color:var(--ink)}")).toThrow("uses --ink");
  });

  it("keeps each word of the server that a table of texts is asked for", () => {
    const texts = readFileSync(join(projectRoot, "sidebar/text.ts"), "utf8");
    const tables = [...texts.matchAll(/\b\w+: \{([^{}]*)\} as Readonly</g)];
    const words = tables.flatMap(([, table]) => [...(table ?? "").matchAll(/(\w+): "/g)].map(([, word]) => word));
    expect(words).toEqual(expect.arrayContaining(["currency", "reference", "manual", "user"]));
    expect(renamedOf(words)).toEqual([]);
  });
});

/** Those of the names that the build would shorten. */
function renamedOf(names: readonly (string | undefined)[]): unknown {
  const project = { root: projectRoot, sidebar: join(projectRoot, "sidebar") };
  const kept = new Set(step("names-of-others", "namesOfOthers", project) as readonly string[]);
  return names.filter((name) => name === undefined || !kept.has(name));
}

function shortClasses(css: string, script: string): ShortClasses {
  return step("short-classes", "shortenClasses", css, script) as ShortClasses;
}

function outOf(script: string): unknown {
  const context: { out?: unknown } = {};
  runInNewContext(script, context);
  return structuredClone(context.out);
}
