import { setTimeout as wait } from "node:timers/promises";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { streamSSE } from "hono/streaming";
import { ZodError, z } from "zod";
import type { Host } from "../apps-script/host-api";
import type { HubspotSandbox } from "../crm/hubspot/sandbox-types";
import { type Access, cookieName, createAccess, requireLoopbackHost, requireToken } from "./access";
import { crmRoutes } from "./api-crm";
import { clockRoutes, scriptRoutes } from "./api-script";
import { workbookRoutes } from "./api-workbook";
import { createEventStream, type EventStream, type PageEvent } from "./event-stream";
import { keepSaved } from "./keep-saved";
import { listenOnLoopback } from "./listen-on-loopback";
import { pageRoutes } from "./page-routes";
import { readBody } from "./read-body";
import { createWorldStore } from "./saved-world";
import { createSidebarFrames } from "./sidebar-frame";
import { createWorld, type World, type WorldOptions } from "./world";

/** How the workbench starts. */
export interface WorkbenchOptions extends Omit<WorldOptions, "saved"> {
  /** First port to try; default 0: any free port. The next ones are tried when it is taken. */
  readonly port?: number;
  /** Folder that keeps the world between starts; default: nothing is kept. */
  readonly persist?: string;
  /** Forget what was kept. */
  readonly fresh?: boolean;
}

/** A running workbench. */
export interface Workbench {
  /** Origin of page and API, e.g. http://127.0.0.1:4173 */
  readonly url: string;
  /** Token of this start, for `Authorization: Bearer` and for the page's address. */
  readonly token: string;
  /** Address that opens the page: the token is in the fragment, which browsers do not send. */
  readonly pageUrl: string;
  /** The emulator; another one after a reset. */
  readonly host: Host;
  /** Throws RangeError when it was not started. */
  readonly hubspot: HubspotSandbox;
  readonly world: World;
  close(): Promise<void>;
}

/** Starts sandboxes, emulator and server. The same world without a browser: use `host` and `hubspot` directly. */
export async function createWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const store = options.persist === undefined ? null : createWorldStore(options.persist);
  if (options.fresh) store?.forget();
  const world = await createWorld({ ...options, saved: store?.load() ?? null });
  const keeper = store === null ? null : keepSaved(world, store);
  const stream = createEventStream(world);
  const access = createAccess();
  const app = createApp(world, stream, access);
  const server = createAdaptorServer({ fetch: app.fetch });
  access.port = await listenOnLoopback(server, options.port ?? 0);
  const url = `http://127.0.0.1:${access.port}`;
  return {
    url,
    token: access.token,
    pageUrl: `${url}/#token=${access.token}`,
    get host() {
      return world.host;
    },
    get hubspot() {
      return world.hubspot;
    },
    world,
    close: async () => {
      keeper?.close();
      stream.close();
      await closeServer(server);
      await world.close();
    },
  };
}

function createApp(world: World, stream: EventStream, access: Access): Hono {
  const frames = createSidebarFrames();
  const api = new Hono();
  api.use(requireToken(access));
  api.post("/session", (context) => {
    setCookie(context, cookieName(access), access.token, { httpOnly: true, sameSite: "Strict", path: "/" });
    return context.json({ ok: true });
  });
  api.get("/events", (context) => {
    const client = context.req.query("client") ?? "";
    return streamSSE(context, async (sse) => {
      const send = (event: PageEvent): void => {
        sse.writeSSE({ data: JSON.stringify(event) }).catch(() => undefined);
      };
      const remove = stream.add({ client, send });
      sse.onAbort(remove);
      await sse.writeSSE({ data: JSON.stringify({ kind: "hello" }) });
      while (!sse.aborted && !sse.closed) {
        await wait(20_000, undefined, { ref: false });
        await sse.write(": still here\n\n");
      }
    });
  });
  api.post("/reset", async (context) => {
    const { what } = await readBody(context, z.object({ what: z.enum(["workbook", "crm", "all"]).default("all") }));
    await world.reset(what);
    stream.announce({ kind: "reset" });
    return context.json({ reset: what });
  });
  api.route("/", workbookRoutes(world, stream));
  api.route("/", scriptRoutes(world, frames));
  api.route("/", clockRoutes(world));
  api.route("/crm", crmRoutes(world));
  const app = new Hono();
  app.use(requireLoopbackHost(access));
  app.route("/api", api);
  app.route("/", pageRoutes(world, frames));
  app.notFound((context) => context.json({ error: "There is no such address." }, 404));
  app.onError((error, context) => context.json({ error: describe(error) }, 400));
  return app;
}

function describe(error: Error): string {
  return error instanceof ZodError ? z.prettifyError(error) : error.message;
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
