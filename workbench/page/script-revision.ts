import type { GridCommand } from "./grid-difference";
import type { SpreadsheetModel } from "./o-spreadsheet-api";

/** The component's way to hear of other people's changes. */
export interface Transport {
  sendMessage(message: object): Promise<void>;
}

/** Too many commands at once overflow the component's stack. */
const chunkSize = 10_000;

/**
 * As if another person had made the change: shown at once, and never in this person's undo.
 *
 * @throws whatever the component fails with; it is of no use any more then
 */
export async function sendAsScript(
  model: SpreadsheetModel,
  transport: Transport,
  commands: readonly GridCommand[],
): Promise<void> {
  const sent: Promise<void>[] = [];
  for (let start = 0; start < commands.length; start += chunkSize) {
    const message = {
      type: "REMOTE_REVISION",
      version: 1,
      clientId: "apps-script",
      serverRevisionId: model.session.getRevisionId(),
      nextRevisionId: crypto.randomUUID(),
      commands: commands.slice(start, start + chunkSize),
    };
    sent.push(transport.sendMessage(message));
  }
  await Promise.all(sent);
}
