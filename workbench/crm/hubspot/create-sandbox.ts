import { type HttpBindings, serve } from "@hono/node-server";
import { Hono } from "hono";
import { createFaultList } from "../fault-list";
import { createRequestLog } from "../request-log";
import { accountRoutes } from "./account-routes";
import { type AnswerParts, answerHtml, answerRequest } from "./answer-request";
import type { ApiVersion, Route } from "./api-call";
import { associationBatchRoutes } from "./association-batch-routes";
import { associationRoutes } from "./association-routes";
import { batchReadRoutes } from "./batch-read-routes";
import { batchWriteRoutes } from "./batch-write-routes";
import { mountControl } from "./control-api";
import { createControl } from "./create-control";
import { createPortal, defaults, defaultToken } from "./create-portal";
import { authorizeRoute, oauthRoutes } from "./oauth-routes";
import { objectRoutes } from "./object-routes";
import { propertyGroupRoutes } from "./property-group-routes";
import { propertyRoutes } from "./property-routes";
import { createRateLimits } from "./rate-limits";
import type { HubspotSandbox, HubspotSandboxOptions } from "./sandbox-types";
import { createSearchRoute } from "./search-route";

type Server = ReturnType<typeof serve>;

/** Beginnings of the paths by version: one core serves them all. */
const versions: readonly { readonly version: ApiVersion; readonly prefixes: Readonly<Record<string, string>> }[] = [
  {
    version: "v3",
    prefixes: {
      objects: "/crm/v3/objects",
      links: "/crm/v4/objects",
      associations: "/crm/v4/associations",
      properties: "/crm/v3/properties",
      owners: "/crm/v3/owners",
      account: "/account-info/v3",
      oauth: "/oauth/v3",
    },
  },
  { version: "v3", prefixes: { oauth: "/oauth/v1" } },
  ...(["2026-03", "2026-09"] as const).map((version) => ({
    version,
    prefixes: {
      objects: `/crm/objects/${version}`,
      links: `/crm/objects/${version}`,
      associations: `/crm/associations/${version}`,
      properties: `/crm/properties/${version}`,
      owners: `/crm/owners/${version}`,
      account: `/account-info/${version}`,
      oauth: `/oauth/${version}`,
    },
  })),
];

/** The route table: special paths before those with a parameter in the same place. */
function routeTable(): readonly Route[] {
  return [
    createSearchRoute(),
    ...batchReadRoutes,
    ...batchWriteRoutes,
    ...associationRoutes,
    ...associationBatchRoutes,
    ...objectRoutes,
    ...propertyGroupRoutes,
    ...propertyRoutes,
    ...accountRoutes,
    ...oauthRoutes,
  ];
}

/** The HTTP application of a sandbox. */
function createApp(parts: AnswerParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const paths = new Set<string>();
  for (const route of routeTable()) {
    for (const { version, prefixes } of versions) {
      const prefix = prefixes[/^\{(\w+)\}/.exec(route.path)?.[1] ?? ""];
      if (prefix === undefined) continue;
      const path = route.path.replace(/^\{\w+\}/, prefix);
      paths.add(path);
      app.on(route.method, path, (context) => answerRequest(parts, context, { route, version }));
    }
  }
  app.get(authorizeRoute.path, (context) => answerRequest(parts, context, { route: authorizeRoute, version: "v3" }));
  for (const path of paths) app.all(path, (context) => answerHtml(parts, context, 405));
  app.notFound((context) => answerHtml(parts, context, 404));
  return app;
}

/** Starts a stateful stand-in for the HubSpot CRM API on 127.0.0.1. */
export async function createSandbox(options: HubspotSandboxOptions = {}): Promise<HubspotSandbox> {
  const portal = createPortal(options);
  const limits = createRateLimits(portal.settings);
  const parts = {
    portal,
    limits,
    faults: createFaultList(),
    log: createRequestLog(),
    acceptClockHeader: options.acceptClockHeader ?? false,
  };
  const control = createControl(parts);
  const outer = new Hono<{ Bindings: HttpBindings }>();
  if (options.controlKey !== undefined) mountControl(outer, control, options.controlKey);
  outer.route("/", createApp(parts));
  outer.notFound((context) => answerHtml(parts, context, 404));
  const { server, port } = await listen(outer, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    token: defaultToken(options.seed ?? defaults.seed),
    control,
    close: () => close(server),
  };
}

function listen(app: Hono<{ Bindings: HttpBindings }>, port: number): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port, overrideGlobalObjects: false }, (info) =>
      resolve({ server, port: info.port }),
    );
    server.once("error", reject);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
