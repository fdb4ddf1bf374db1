import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { allMethods } from "../../../workbench/apps-script/services/all-methods";

const folder = path.dirname(require.resolve("@types/google-apps-script/package.json"));

/** Methods of every interface in Google's type declarations, as "Type.method". */
function declaredMethods(): ReadonlySet<string> {
  const declared = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".d.ts"))) {
    let current = "";
    for (const line of readFileSync(path.join(folder, file), "utf8").split("\n")) {
      current = /^\s*interface (\w+)/.exec(line)?.[1] ?? current;
      const method = /^\s*(\w+)(?:<[^>]*>)?\(/.exec(line)?.[1];
      if (method !== undefined) {
        declared.add(`${current}.${method}`);
      }
    }
  }
  return declared;
}

/** In Google's reference but not in the type declarations: newer (granular consent) or deprecated there. */
const UNDECLARED = ["AuthorizationInfo.getAuthorizedScopes", "Range.getFontColor", "Range.getFontColors"];

it("every emulated method has a name that Google declares", () => {
  const declared = declaredMethods();
  expect(declared.size).toBeGreaterThan(1_000);
  expect(
    Object.keys(allMethods)
      .filter((name) => !declared.has(name))
      .sort(),
  ).toEqual(UNDECLARED);
});
