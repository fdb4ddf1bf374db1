import { useDesk } from "../hooks/desk";
import { Button } from "../parts/button";
import { fill, withCrm } from "../phrase";
import { unmappedTab } from "../state/open-tab";
import { TEXT } from "../text";
import { NEW_CRM } from "./new-crm";

/** What to do in a file without any sync: three steps, one button for the one that is next. */
export function StartSteps() {
  const { app, go } = useDesk();
  const next = app.connections.length === 0 ? 0 : 1;
  const tab = unmappedTab(app);
  const text = TEXT.home;
  return (
    <section aria-labelledby="steps-heading">
      <h2 id="steps-heading">{text.stepsHeading}</h2>
      <ol class="steps">
        {text.steps.map((step, index) => (
          <li key={step.title} class={index < next ? "done" : index === next ? "next" : undefined}>
            <p class="step-title">
              {withCrm(step.title, NEW_CRM)}
              {index < next && <span class="chip good">{text.stepDone}</span>}
            </p>
            <p class="hint">{index === 1 && tab !== null ? fill(text.mapHint, { tab: tab.name }) : step.hint}</p>
          </li>
        ))}
      </ol>
      <div class="buttons">
        <Button look="primary" onClick={() => go({ kind: next === 0 ? "connect" : "start" })}>
          {next === 0 ? withCrm(text.connect, NEW_CRM) : tab === null ? text.choose : text.map}
        </Button>
      </div>
    </section>
  );
}
