import { Hono } from "hono";
import { z } from "zod";
import type { ExecutionRecord, ExecutionResult, MenuItem, MenuView, TriggerView } from "../apps-script/host-api";
import type { CrmSandbox } from "./crm-sandbox";
import { BadRequest, readBody } from "./read-body";
import type { SidebarFrames, SidebarState } from "./sidebar-frame";
import type { World } from "./world";

/** What the page shows around the grid. */
export interface PageState {
  readonly name: string;
  /** Locale of the spreadsheet, e.g. en_US. */
  readonly locale: string;
  readonly clock: ClockState;
  readonly menus: readonly MenuView[];
  readonly sidebar: SidebarState | null;
  readonly sandboxes: readonly Pick<CrmSandbox, "name" | "label" | "url" | "credentials" | "hosts">[];
}

/** The emulated clock. */
export interface ClockState {
  readonly mode: "live" | "virtual";
  readonly nowMs: number;
}

/** How a run ended, as the page needs it. */
export interface RunAnswer {
  readonly outcome: ExecutionRecord["outcome"];
  readonly value: unknown;
  readonly error: string | null;
  readonly id: number;
}

const runRequest = z.object({ function: z.string(), args: z.array(z.unknown()).default([]) });
const menuRequest = z.object({ function: z.string() });

/** Routes that run the script and look at what it left behind. */
export function scriptRoutes(world: World, frames: SidebarFrames): Hono {
  const routes = new Hono();
  routes.get("/state", (context) => context.json(readState(world, frames)));
  routes.post("/run", async (context) => {
    const request = await readBody(context, runRequest);
    refusePrivate(request.function);
    const result = await world.host.run(request.function, request.args, { source: "client" });
    return context.json(toRunAnswer(result));
  });
  routes.get("/menus", (context) => context.json({ menus: readMenus(world) }));
  routes.post("/menus/click", async (context) => {
    const request = await readBody(context, menuRequest);
    const known = world.host.menus().flatMap((menu) => functionsOf(menu.items));
    if (!known.includes(request.function)) throw new BadRequest(`No menu item calls "${request.function}".`);
    return context.json(toRunAnswer(await world.host.run(request.function, [], { source: "menu" })));
  });
  routes.get("/sidebar", (context) => {
    const sidebar = world.host.sidebar();
    return context.json({ sidebar: sidebar === null ? null : { ...frames.stateOf(sidebar), html: sidebar.html } });
  });
  routes.post("/sidebar/close", (context) => {
    world.host.closeSidebar();
    return context.json({ sidebar: null });
  });
  routes.get("/executions", (context) => context.json({ executions: world.host.executions() }));
  routes.get("/outbox", (context) => context.json({ mails: world.host.outbox() }));
  routes.get("/properties", (context) => context.json(readProperties(world)));
  return routes;
}

/** Routes that look at and move the clock. */
export function clockRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get("/clock", (context) => context.json(readClock(world)));
  routes.post("/clock/advance", async (context) => {
    const { ms } = await readBody(context, z.object({ ms: z.number().min(0) }));
    if (!world.virtual) throw new BadRequest("The clock is live; start with --virtual to move it.");
    const ended = await world.host.advance(ms);
    return context.json({ ...readClock(world), executions: ended.map(toRunAnswer) });
  });
  routes.get("/triggers", (context) => context.json({ triggers: world.host.triggers() }));
  routes.post("/triggers/fire", async (context) => {
    const { id } = await readBody(context, z.object({ id: z.string() }));
    const trigger = world.host.triggers().find((candidate) => candidate.id === id);
    if (trigger === undefined) throw new BadRequest(`There is no trigger "${id}".`);
    const args = [toClockEvent(trigger, world.host.now())];
    return context.json(toRunAnswer(await world.host.run(trigger.functionName, args, { source: "clock" })));
  });
  return routes;
}

function readState(world: World, frames: SidebarFrames): PageState {
  const sidebar = world.host.sidebar();
  return {
    name: world.host.workbook.name,
    locale: world.host.workbook.locale,
    clock: readClock(world),
    menus: readMenus(world),
    sidebar: sidebar === null ? null : frames.stateOf(sidebar),
    sandboxes: world.sandboxes.map(({ name, label, url, credentials, hosts }) => ({
      name,
      label,
      url,
      credentials,
      hosts,
    })),
  };
}

/** Name under which Sheets lists the add-on's menu: it stands in the listing, not in the script. */
const addOnName = "CRM Sync";

function readMenus(world: World): readonly MenuView[] {
  return world.host.menus().map((menu) => ({ ...menu, caption: menu.caption || addOnName }));
}

function readClock(world: World): ClockState {
  return { mode: world.virtual ? "virtual" : "live", nowMs: world.host.now() };
}

/** Names that end in an underscore are private to the script: no client can call them. */
function refusePrivate(name: string): void {
  if (name.endsWith("_")) throw new BadRequest(`"${name}" is private: its name ends with an underscore.`);
}

function functionsOf(items: readonly MenuItem[]): readonly string[] {
  return items.flatMap((item) => [
    ...(item.functionName === undefined ? [] : [item.functionName]),
    ...functionsOf(item.items ?? []),
  ]);
}

function toRunAnswer({ outcome, value, error, id }: ExecutionResult): RunAnswer {
  return { outcome, value, error, id };
}

/** The event of a clock trigger; all its times are UTC. */
function toClockEvent(trigger: TriggerView, nowMs: number): Readonly<Record<string, unknown>> {
  const at = new Date(nowMs);
  return {
    authMode: "FULL",
    triggerUid: trigger.id,
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    "day-of-month": at.getUTCDate(),
    "day-of-week": at.getUTCDay() || 7,
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    timezone: "UTC",
  };
}

const secretKey = /token|secret|key|auth|password|credential/i;
const longestShownValue = 200;

type ShownProperties = Readonly<Record<string, string>>;

function readProperties(world: World): Readonly<Record<"user" | "script" | "document", ShownProperties>> {
  const shown = (store: "user" | "script" | "document"): ShownProperties =>
    Object.fromEntries(
      Object.entries(world.host.properties(store)).map(([key, value]) => [key, hideSecret(key, value)]),
    );
  return { user: shown("user"), script: shown("script"), document: shown("document") };
}

/** Tokens are told by the name of their key or by their look; other long values are cut. */
function hideSecret(key: string, value: string): string {
  if (secretKey.test(key) || /pat-|Bearer |eyJ/.test(value)) return `(${value.length} characters, hidden)`;
  return value.length > longestShownValue ? `${value.slice(0, longestShownValue)}…` : value;
}
