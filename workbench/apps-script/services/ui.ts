import { type MethodTable, plain, type ServiceCall } from "../host/service-method";
import type { MenuItem, MenuView } from "../host-api";
import { isJsonObject, type Json, type JsonObject, TYPE_TAG, tagOf } from "../json";
import { enumWire } from "./wire-objects";

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

function toMenuItems(items: Json): readonly MenuItem[] {
  if (!Array.isArray(items)) {
    return [];
  }
  return (items as readonly JsonObject[]).map((item) => {
    switch (item.kind) {
      case "separator":
        return { kind: "separator" };
      case "submenu":
        return { kind: "submenu", caption: textOf(item.caption), items: toMenuItems(item.items ?? null) };
      default:
        return { kind: "item", caption: textOf(item.caption), functionName: textOf(item.functionName) };
    }
  });
}

/** An add-on's own menus stand under Extensions, whichever way they were made. */
function addMenu(call: ServiceCall): Json {
  const menu = call.self;
  const addon = menu.addon === true || call.state.mode === "add-on";
  const caption = textOf(menu.caption);
  const view: MenuView = { caption, addon, items: toMenuItems(menu.items ?? null) };
  call.state.ui.menus = [...call.state.ui.menus.filter((each) => each.caption !== caption), view];
  call.state.emit({ kind: "menus" });
  return null;
}

/** alert(prompt), alert(prompt, buttons), alert(title, prompt, buttons). */
function alert(call: ServiceCall): Json {
  const hasTitle = typeof call.args.at(1) === "string";
  const buttons = call.args.at(hasTitle ? 2 : 1);
  const message = call.args.string(hasTitle ? 1 : 0);
  call.state.emit({ kind: "alert", title: hasTitle ? call.args.string(0) : "", message });
  return enumWire("Button", call.state.ui.nextAnswer(isJsonObject(buttons) ? textOf(buttons.name) : "OK"));
}

/** Prompts are answered with an empty text and the next prepared button. */
function prompt(call: ServiceCall): Json {
  const message = call.args.at(1);
  call.state.emit({
    kind: "alert",
    title: call.args.string(0),
    message: typeof message === "string" ? message : "",
  });
  return { [TYPE_TAG]: "PromptResponse", button: call.state.ui.nextAnswer("OK_CANCEL"), text: "" };
}

function htmlOutput(call: ServiceCall): JsonObject {
  const output = call.args.object(0);
  if (tagOf(output) !== "HtmlOutput") {
    throw call.args.mismatch();
  }
  return output;
}

/** Menus, sidebar, dialogs and alerts. */
export const uiMethods: MethodTable = {
  "Menu.addToUi": plain(addMenu),
  "Ui.alert": plain(alert),
  "Ui.prompt": plain(prompt),
  "PromptResponse.getSelectedButton": plain((call) => enumWire("Button", textOf(call.self.button))),
  "PromptResponse.getResponseText": plain((call) => textOf(call.self.text)),
  "Ui.showSidebar": plain((call) => {
    const output = htmlOutput(call);
    const sidebar = call.state.ui.showSidebar(textOf(output.title), textOf(output.html));
    call.state.emit({ kind: "sidebar", sidebar });
    return null;
  }),
  "Ui.showModalDialog": plain((call) => {
    call.state.emit({ kind: "alert", title: call.args.string(1), message: textOf(htmlOutput(call).html) });
    return null;
  }),
};
