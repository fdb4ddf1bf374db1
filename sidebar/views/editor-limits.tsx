import type { GuardLimitsView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { NumberBox } from "../parts/number-box";
import { areDefault, LIMITS, type LimitNumbers, toPercent } from "../state/mapping-settings";
import { TEXT } from "../text";

interface EditorLimitsProps {
  readonly guard: GuardLimitsView;
  readonly defaults: GuardLimitsView;
  onChange(guard: GuardLimitsView): void;
}

/** Beyond that a limit limits nothing that a spreadsheet holds; the server refuses more. */
const MAX_COUNT = 10_000;

/** Sentences with numbers to change: above them a run stops and asks. */
export function EditorLimits({ guard, defaults, onChange }: EditorLimitsProps) {
  const { announce } = useDesk();
  const text = TEXT.policies.limits;
  const reset = (): void => {
    onChange(defaults);
    announce(text.resetDone);
  };
  return (
    <fieldset>
      <legend>{text.legend}</legend>
      <p class="hint">{text.hint}</p>
      <ul class="bullets">
        {LIMITS.map(({ kind, ...numbers }) => (
          <li key={kind}>
            <LimitSentence words={text[kind]} numbers={numbers} guard={guard} onChange={onChange} />
          </li>
        ))}
      </ul>
      {!areDefault(guard, defaults) && <Button onClick={reset}>{text.reset}</Button>}
    </fieldset>
  );
}

interface LimitSentenceProps {
  readonly words: { readonly name: string; readonly sentence: string };
  readonly numbers: LimitNumbers;
  readonly guard: GuardLimitsView;
  onChange(guard: GuardLimitsView): void;
}

/** The sentence with a box in each of its places. */
function LimitSentence({ words, numbers, guard, onChange }: LimitSentenceProps) {
  const { boxes } = TEXT.policies.limits;
  const parts = words.sentence.split(/\{(floor|share|most)\}/);
  return (
    <>
      {parts.map((part, index) => {
        // The pattern's places stand between the texts.
        if (index % 2 === 0) return part;
        const place = part as keyof LimitNumbers;
        const name = numbers[place] ?? numbers.floor;
        const isShare = place === "share";
        return (
          <NumberBox
            key={place}
            label={`${words.name}, ${boxes[place]}`}
            value={isShare ? toPercent(guard[name]) : guard[name]}
            max={isShare ? 100 : MAX_COUNT}
            onChange={(value) => onChange({ ...guard, [name]: isShare ? value / 100 : value })}
          />
        );
      })}
    </>
  );
}
