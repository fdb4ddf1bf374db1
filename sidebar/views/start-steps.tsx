import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { fill } from "../phrase";
import { TEXT } from "../text";
import { NEW_CRM } from "./new-crm";

/** What to do in a file without any sync: three steps, one button for the one that is next. */
export function StartSteps() {
  const { app, go } = useDesk();
  const crm = TEXT.crm[NEW_CRM];
  const next = app.connections.length === 0 ? 0 : 1;
  const text = TEXT.home;
  return (
    <section aria-labelledby="steps-heading">
      <h2 id="steps-heading">{text.stepsHeading}</h2>
      <ol class="steps">
        {text.steps.map((step, index) => (
          <li key={step.title} class={index < next ? "done" : index === next ? "next" : undefined}>
            <p class="step-title">
              {fill(step.title, { crm })}
              {index < next && <span class="chip good">{text.stepDone}</span>}
            </p>
            <p class="hint">{step.hint}</p>
          </li>
        ))}
      </ol>
      <div class="buttons">
        <Button look="primary" onClick={() => go({ kind: next === 0 ? "connect" : "start" })}>
          {next === 0 ? fill(text.stepActions.connect, { crm }) : text.stepActions.start}
        </Button>
      </div>
    </section>
  );
}
