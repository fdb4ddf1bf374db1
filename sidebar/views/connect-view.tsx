import { useState } from "preact/hooks";
import type { ConnectionView } from "../../src/contract/views";
import { useDesk } from "../hooks/desk";
import { useAction } from "../hooks/use-action";
import { AskedButton } from "../parts/asked-button";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { InputField } from "../parts/input-field";
import { ActionProblem, Notice, ProblemNotice } from "../parts/notice";
import { fill, withCrm } from "../phrase";
import { unmappedTab } from "../state/open-tab";
import { formatMoment } from "../state/time-text";
import { TEXT } from "../text";
import { NEW_CRM } from "./new-crm";

/** Connects a CRM account, or shows the one that is connected. */
export function ConnectView() {
  const { app } = useDesk();
  const offered = app.connections.every(({ crm }) => crm !== NEW_CRM);
  return (
    <Frame heading={TEXT.connect.heading}>
      {app.connections.map((connection) => (
        <ConnectedAccount key={connection.crm} connection={connection} />
      ))}
      {offered && <ConnectForm />}
    </Frame>
  );
}

function ConnectForm() {
  const { rpc, app, go, putApp, announce } = useDesk();
  const [token, setToken] = useState("");
  const [missing, setMissing] = useState(false);
  const action = useAction();
  const text = TEXT.connect;
  const connect = (): void => {
    const key = token.trim();
    setMissing(key === "");
    if (key === "") return;
    action.run(
      () => rpc.call("connection.connect", { crm: NEW_CRM, token: key }),
      (connection) => {
        putApp({ ...app, connections: [...app.connections, connection] });
        announce(fill(text.connectedNow, { account: connection.accountName }));
        // The form is gone: shown anew, the view puts the focus on its heading.
        go({ kind: "connect" });
      },
    );
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          connect();
        }}
      >
        <p>{withCrm(text.intro, NEW_CRM)}</p>
        <InputField
          label={text.label}
          type="password"
          value={token}
          hint={text.labelHint}
          problem={missing ? text.missing : ""}
          disabled={action.busy}
          onInput={setToken}
        />
        <ProblemNotice problem={action.problem} reconnect={false} />
        <div class="buttons">
          <Button look="primary" submit busy={action.busy}>
            {action.busy ? text.submitting : text.submit}
          </Button>
        </div>
      </form>
      <ConnectExplained />
    </>
  );
}

function ConnectExplained() {
  const text = TEXT.connect;
  return (
    <>
      <h2>{text.howHeading}</h2>
      <ol class="numbered">
        {text.how.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{text.existing}</p>
      <h2>{text.scopesHeading}</h2>
      <ul class="scopes">
        {text.scopes.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
          </li>
        ))}
      </ul>
      <h2>{text.storedHeading}</h2>
      <p>{text.stored}</p>
    </>
  );
}

function ConnectedAccount({ connection }: { readonly connection: ConnectionView }) {
  const { rpc, app, go, putApp, announce } = useDesk();
  const action = useAction();
  const text = TEXT.connect;
  const disconnect = (): void =>
    action.run(
      () => rpc.call("connection.disconnect", { crm: connection.crm }),
      (state) => {
        putApp(state);
        announce(text.disconnectedNow);
        go({ kind: "connect" });
      },
    );
  return (
    <>
      <Notice tone="good" title={TEXT.crm[connection.crm]}>
        <p>{connection.accountName}</p>
        <p class="hint">{fill(text.since, { when: formatMoment(connection.connectedAtMs, app.timeZone) })}</p>
      </Notice>
      <ActionProblem of={action} />
      <div class="buttons">
        {app.mappings.length === 0 && (
          <Button look="primary" onClick={() => go({ kind: "start" })}>
            {unmappedTab(app) === null ? TEXT.home.choose : TEXT.home.map}
          </Button>
        )}
        <AskedButton
          label={text.disconnect}
          question={withCrm(text.disconnectAsk, connection.crm)}
          explain={text.disconnectExplain}
          confirm={text.disconnect}
          action={action}
          onConfirm={disconnect}
        />
      </div>
      <h2>{text.storedHeading}</h2>
      <p>{text.stored}</p>
    </>
  );
}
