import { render } from "preact";
import { ErrorBoundary } from "./parts/error-boundary";
import { createRpc } from "./rpc/client";
import { findScriptRun } from "./rpc/script-run";
import { App } from "./views/app";

const root = document.getElementById("app");
if (root !== null) {
  render(
    <ErrorBoundary>
      <App rpc={createRpc(findScriptRun())} />
    </ErrorBoundary>,
    root,
  );
}
