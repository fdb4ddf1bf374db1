import { type Node, parse } from "acorn";
import { ERROR_TEXTS } from "../error-texts";

/** What the emulator knows of a bundle without running it. */
export interface CheckedCode {
  /** Names of its top-level functions and variables. */
  readonly globals: ReadonlySet<string>;
}

interface AnyNode extends Node {
  readonly [key: string]: unknown;
}

/** Refuses what Apps Script refuses when a project is saved: private and static fields, BigInt literals, modules. */
export function checkCode(code: string): CheckedCode {
  const program = parseScript(code);
  visit(program, (node) => {
    const isRefused =
      node.type === "PrivateIdentifier" ||
      node.type === "StaticBlock" ||
      (node.type === "PropertyDefinition" && node.static === true) ||
      (node.type === "Literal" && typeof node.bigint === "string");
    if (isRefused) {
      throw new SyntaxError(`${ERROR_TEXTS.parseError} (at character ${node.start})`);
    }
  });
  return { globals: new Set((program.body as readonly AnyNode[]).flatMap(declaredNames)) };
}

function parseScript(code: string): AnyNode {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "script" }) as unknown as AnyNode;
  } catch (fault) {
    throw new SyntaxError(`${ERROR_TEXTS.parseError} (${fault instanceof Error ? fault.message : String(fault)})`);
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

function visit(node: AnyNode, look: (node: AnyNode) => void): void {
  look(node);
  for (const child of Object.values(node)) {
    if (Array.isArray(child)) {
      for (const item of child) {
        if (isNode(item)) {
          visit(item, look);
        }
      }
    } else if (isNode(child)) {
      visit(child, look);
    }
  }
}

function declaredNames(statement: AnyNode): readonly string[] {
  const nameOf = (node: unknown): readonly string[] =>
    isNode(node) && node.type === "Identifier" ? [String(node.name)] : [];
  switch (statement.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return nameOf(statement.id);
    case "VariableDeclaration":
      return (statement.declarations as readonly AnyNode[]).flatMap((declarator) => nameOf(declarator.id));
    default:
      return [];
  }
}
