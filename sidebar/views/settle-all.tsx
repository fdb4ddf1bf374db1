import type { ConflictSide, CrmName, Direction } from "../../src/contract/views";
import { Button } from "../parts/button";
import { withCrm } from "../phrase";
import { type Settlement, settleAll } from "../state/settlement";
import { TEXT } from "../text";

interface SettleAllProps {
  /** Of the run: what goes one way only can be settled one way only. */
  readonly direction: Direction;
  readonly crm: CrmName;
  readonly settlement: Settlement;
  onSettle(settlement: Settlement): void;
}

const SIDES: Readonly<Record<Direction, readonly ConflictSide[]>> = {
  both: ["sheet", "crm"],
  pull: ["crm"],
  push: ["sheet"],
};

/** Decides all conflicts at once, those on other pages too; each may still be decided otherwise. */
export function SettleAll({ direction, crm, settlement, onSettle }: SettleAllProps) {
  const text = TEXT.preview.conflict;
  const { others, named } = settlement;
  return (
    <fieldset class="settle-all">
      <legend class="unseen">{text.allLegend}</legend>
      <div class="buttons">
        {[...SIDES[direction], null].map((side) => (
          <Button
            key={side ?? ""}
            pressed={others === side && (side !== null || named.size === 0)}
            onClick={() => onSettle(settleAll(side))}
          >
            {side === null ? text.allOpen : withCrm(text.all[side], crm)}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
