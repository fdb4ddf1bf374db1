import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { fill, rowName } from "../phrase";
import { TEXT } from "../text";
import { Button } from "./button";

interface RowLinkProps {
  /** null: the tab is not known; the row is then only named. */
  readonly tabId: number | null;
  readonly row: number;
}

/** Names a row of the sheet and, pressed, selects it there. */
export function RowLink({ tabId, row }: RowLinkProps) {
  const { rpc, announce } = useDesk();
  const action = useAction();
  const label = rowName(row);
  if (tabId === null) return <span class="muted">{label}</span>;
  const select = (): void =>
    action.run(
      () => rpc.call("sheet.select", { tabId, row, column: 1 }),
      () => announce(label),
    );
  return (
    <>
      <Button
        look="quiet"
        busy={action.busy}
        name={`${label}: ${fill(TEXT.result.showRow, { row: String(row) })}`}
        onClick={select}
      >
        {label}
      </Button>
      {action.problem !== null && (
        <span class="field-problem" role="alert">
          {action.problem.message}
        </span>
      )}
    </>
  );
}
