import { type Json, TYPE_TAG } from "../json";
import { Blob, utf8ToLatin1 } from "./blob";
import { callService, createNamespace, serviceError } from "./bridge";
import { type EnumValue, enumObject } from "./enum-value";
import type { Encodable } from "./service-object";

/** HtmlOutput: content with the settings a sidebar or dialog looks at. */
class HtmlOutput implements Encodable {
  private title = "";
  private width: number | null = null;
  private height: number | null = null;

  constructor(private html: string) {}

  append(text: string): this {
    this.html += text;
    return this;
  }

  appendUntrusted(text: string): this {
    this.html += escapeHtml(text);
    return this;
  }

  getContent(): string {
    return this.html;
  }

  setContent(html: string): this {
    this.html = html;
    return this;
  }

  clear(): this {
    this.html = "";
    return this;
  }

  getBlob(): Blob {
    return new Blob(utf8ToLatin1(this.html), "text/html", this.title === "" ? null : this.title);
  }

  setTitle(title: string): this {
    this.title = title;
    return this;
  }

  getTitle(): string {
    return this.title;
  }

  /** Dialogs only: a sidebar is 300 pixels wide whatever is set here. */
  setWidth(width: number): this {
    this.width = width;
    return this;
  }

  getWidth(): number | null {
    return this.width;
  }

  setHeight(height: number): this {
    this.height = height;
    return this;
  }

  getHeight(): number | null {
    return this.height;
  }

  setSandboxMode(_mode: EnumValue): this {
    return this;
  }

  setXFrameOptionsMode(_mode: EnumValue): this {
    return this;
  }

  addMetaTag(_name: string, _content: string): this {
    return this;
  }

  setFaviconUrl(_url: string): this {
    return this;
  }

  toString(): string {
    return "HtmlOutput";
  }

  toWire(): Json {
    return { [TYPE_TAG]: "HtmlOutput", html: this.html, title: this.title, width: this.width, height: this.height };
  }
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return String(text).replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** Source of a function that writes the template: `<? ?>` runs, `<?= ?>` prints escaped, `<?!= ?>` prints raw. */
function compileTemplate(template: string): string {
  const parts = template.split(/(<\?!?=?[\s\S]*?\?>)/);
  const code = parts.map((part) => {
    if (part.startsWith("<?!=")) {
      return `print_(${part.slice(4, -2)});`;
    }
    if (part.startsWith("<?=")) {
      return `printUntrusted_(${part.slice(3, -2)});`;
    }
    return part.startsWith("<?") ? part.slice(2, -2) : `print_(${JSON.stringify(part)});`;
  });
  return code.join("\n");
}

class HtmlTemplate {
  [name: string]: unknown;

  constructor(template: string) {
    Object.defineProperty(this, "evaluate", { value: () => this.run(template), enumerable: false });
    Object.defineProperty(this, "getRawContent", { value: () => template, enumerable: false });
    Object.defineProperty(this, "getCode", { value: () => compileTemplate(template), enumerable: false });
  }

  private run(template: string): HtmlOutput {
    const output = new HtmlOutput("");
    const variables = { ...this };
    const names = Object.keys(variables);
    const body = new Function("print_", "printUntrusted_", ...names, compileTemplate(template));
    body(
      (value: unknown) => output.append(String(value)),
      (value: unknown) => output.appendUntrusted(String(value)),
      ...names.map((name) => variables[name]),
    );
    return output;
  }
}

const readFile = (method: string, name: string): string => String(callService(`HtmlService.${method}`, name));

function toHtml(source: unknown): string {
  if (source === undefined) {
    return "";
  }
  if (source instanceof Blob) {
    return source.getDataAsString();
  }
  if (typeof source !== "string") {
    throw serviceError(
      "Exception",
      "The parameters don't match the method signature for HtmlService.createHtmlOutput.",
    );
  }
  return source;
}

/** The global `HtmlService`. */
export function createHtmlService(): object {
  return createNamespace("HtmlService", {
    SandboxMode: enumObject("SandboxMode"),
    XFrameOptionsMode: enumObject("XFrameOptionsMode"),
    createHtmlOutput: (source?: unknown) => new HtmlOutput(toHtml(source)),
    createHtmlOutputFromFile: (name: string) => new HtmlOutput(readFile("createHtmlOutputFromFile", name)),
    createTemplate: (source: unknown) => new HtmlTemplate(toHtml(source)),
    createTemplateFromFile: (name: string) => new HtmlTemplate(readFile("createTemplateFromFile", name)),
  });
}
