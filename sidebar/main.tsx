import { render } from "preact";
import { createRpc } from "./rpc/client";
import { findScriptRun } from "./rpc/script-run";
import { App } from "./views/app";

const root = document.getElementById("app");
if (root !== null) render(<App rpc={createRpc(findScriptRun())} />, root);
