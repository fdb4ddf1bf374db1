import { type Json, type JsonObject, TYPE_TAG } from "../json";
import { callService, serviceError } from "./bridge";
import type { Encodable } from "./service-object";

/** Menu of the document: built here, shown by one call. */
export class Menu implements Encodable {
  private readonly items: JsonObject[] = [];

  constructor(
    private readonly caption: string,
    private readonly addon: boolean,
  ) {}

  addItem(caption: string, functionName: string): this {
    if (typeof caption !== "string" || typeof functionName !== "string") {
      throw serviceError("Exception", "The parameters don't match the method signature for Menu.addItem.");
    }
    this.items.push({ kind: "item", caption, functionName });
    return this;
  }

  addSeparator(): this {
    this.items.push({ kind: "separator" });
    return this;
  }

  addSubMenu(menu: Menu): this {
    this.items.push({ kind: "submenu", caption: menu.caption, items: menu.items });
    return this;
  }

  addToUi(): void {
    callService("Menu.addToUi", this);
  }

  toString(): string {
    return "Menu";
  }

  toWire(): Json {
    return { [TYPE_TAG]: "Menu", caption: this.caption, addon: this.addon, items: this.items };
  }
}

export const createMenuBuilder = (caption: string, addon: boolean): Menu => new Menu(caption, addon);
