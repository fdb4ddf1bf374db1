import type { RpcName } from "../../src/contract/rpc";
import { createFakeServer, type FakeServer, type FakeServerSetup } from "./fake-rpc";

/** Runs inside the page, before the sidebar: puts `google.script.run` there, played by the fake server. */

type Handler = (value: unknown) => void;

interface PageScope {
  google?: unknown;
  fakeSetup?: FakeServerSetup;
  fakeServer?: FakeServer;
}

const scope = globalThis as PageScope;
const setup = scope.fakeSetup ?? {};
const server = createFakeServer(setup);
scope.fakeServer = server;
scope.google = {
  script: {
    run: runnerWith(
      () => undefined,
      () => undefined,
    ),
  },
};

function runnerWith(succeed: Handler, fail: Handler): object {
  return {
    withSuccessHandler: (handler: Handler) => runnerWith(handler, fail),
    withFailureHandler: (handler: Handler) => runnerWith(succeed, handler),
    rpc: (name: RpcName, json: string) => {
      const reply = server.answer(name, json);
      if (reply === "never") return;
      setTimeout(() => {
        if (reply === "lost") fail(new Error("NetworkError: Connection failure due to HTTP 0"));
        else succeed(JSON.stringify(reply));
      }, setup.delayMs ?? 0);
    },
  };
}
