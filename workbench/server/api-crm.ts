import { Hono } from "hono";
import { z } from "zod";
import type { CrmSandbox } from "./crm-sandbox";
import { BadRequest, readBody } from "./read-body";
import type { World } from "./world";

const properties = z.record(z.string(), z.string());

const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("create"), properties }),
  z.object({ kind: z.literal("update"), id: z.string(), properties }),
  z.object({ kind: z.literal("archive"), id: z.string() }),
  z.object({ kind: z.literal("merge"), primaryId: z.string(), otherId: z.string() }),
]);

/** A change that somebody else makes in the CRM. */
export type CrmChange = z.input<typeof change>;

const which = {
  method: z.string().optional(),
  path: z.string().optional(),
  times: z.number().int().min(1).max(1_000).default(1),
  after: z.number().int().min(0).default(0),
};

const fault = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("status"), status: z.number().int().min(400).max(599), ...which }),
  z.object({ kind: z.literal("html"), status: z.number().int().min(400).max(599), ...which }),
  z.object({ kind: z.literal("hang"), effect: z.boolean().default(false), ...which }),
  z.object({ kind: z.literal("drop-after-effect"), ...which }),
  z.object({ kind: z.literal("rate-limit"), policy: z.enum(["secondly", "ten-secondly", "daily"]), ...which }),
  z.object({ kind: z.literal("delayed-effect"), delayMs: z.number().min(0), ...which }),
]);

/** A fault for the next requests that match. */
export type FaultRequest = z.input<typeof fault>;

/** Routes of "somebody else" in the CRMs: `/crm/{sandbox}/...`. */
export function crmRoutes(world: World): Hono {
  const routes = new Hono();
  const sandboxOf = (name: string): CrmSandbox => {
    const found = world.sandboxes.find((candidate) => candidate.name === name);
    if (found === undefined) throw new BadRequest(`There is no sandbox "${name}".`);
    return found;
  };
  routes.get("/:crm/objects", (context) => context.json({ objects: sandboxOf(context.req.param("crm")).objects }));
  routes.get("/:crm/records/:object", (context) => {
    const { crm, object } = context.req.param();
    return context.json({ records: sandboxOf(crm).records(object) });
  });
  routes.post("/:crm/records/:object", async (context) => {
    const { crm, object } = context.req.param();
    return context.json({ id: applyChange(sandboxOf(crm), object, await readBody(context, change)) });
  });
  routes.get("/:crm/requests", (context) => {
    const after = Number(context.req.query("after") ?? 0);
    const requests = sandboxOf(context.req.param("crm")).requests();
    return context.json({ total: requests.length, requests: requests.slice(Math.max(after, 0)) });
  });
  routes.post("/:crm/requests/clear", (context) => {
    sandboxOf(context.req.param("crm")).clearRequests();
    return context.json({ total: 0, requests: [] });
  });
  routes.post("/:crm/search-lag", async (context) => {
    const { ms } = await readBody(context, z.object({ ms: z.number().min(0).max(600_000) }));
    sandboxOf(context.req.param("crm")).setSearchLag(ms);
    return context.json({ ms });
  });
  routes.post("/:crm/faults", async (context) => {
    const { method, path, ...spec } = await readBody(context, fault);
    sandboxOf(context.req.param("crm")).fault({
      ...spec,
      ...(method ? { method } : {}),
      ...(path ? { path } : {}),
    });
    return context.json({ waiting: spec });
  });
  routes.post("/:crm/faults/clear", (context) => {
    sandboxOf(context.req.param("crm")).clearFaults();
    return context.json({ waiting: null });
  });
  return routes;
}

function applyChange(sandbox: CrmSandbox, object: string, wanted: z.output<typeof change>): string {
  switch (wanted.kind) {
    case "create":
      return sandbox.create(object, wanted.properties);
    case "update":
      sandbox.update(object, wanted.id, wanted.properties);
      return wanted.id;
    case "archive":
      sandbox.archive(object, wanted.id);
      return wanted.id;
    case "merge":
      return sandbox.merge(object, wanted.primaryId, wanted.otherId);
  }
}
