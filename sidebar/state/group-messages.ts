import type { RunMessageView } from "../../src/contract/views";

/** Messages that say the same, with the rows they are about. */
export interface MessageGroup {
  readonly severity: "error" | "note";
  readonly message: string;
  readonly field: string;
  readonly items: readonly RunMessageView[];
}

/** Groups by text and field, in the order in which they first appear; errors before notes. */
export function groupMessages(messages: readonly RunMessageView[]): readonly MessageGroup[] {
  const groups = new Map<string, RunMessageView[]>();
  for (const item of messages) {
    const key = JSON.stringify([item.severity, item.field, item.message]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const all = [...groups.values()].flatMap((items): MessageGroup[] => {
    const [first] = items;
    return first ? [{ severity: first.severity, message: first.message, field: first.field, items }] : [];
  });
  return [...all.filter(({ severity }) => severity === "error"), ...all.filter(({ severity }) => severity === "note")];
}
