import type { Hono } from "hono";
import { ApiError } from "./api-error";
import type { HubspotControl } from "./sandbox-types";

/**
 * Mounts the control as JSON: POST /__control/{method} with `{"args": [...]}` answers `{"ok": true, "value": ...}` or
 * `{"ok": false, "message": ...}`. The header X-Control-Key must hold the key.
 */
export function mountControl<Env extends object>(app: Hono<Env>, control: HubspotControl, key: string): void {
  app.post("/__control/:method", async (context) => {
    if (context.req.header("x-control-key") !== key) return context.json({ ok: false, message: "wrong key" }, 403);
    const name = context.req.param("method");
    const method = Object.hasOwn(control, name) ? Reflect.get(control, name) : undefined;
    if (typeof method !== "function") return context.json({ ok: false, message: `no such method: ${name}` }, 404);
    const text = await context.req.text();
    try {
      const { args } = (text === "" ? {} : JSON.parse(text)) as { readonly args?: readonly unknown[] };
      const value: unknown = Reflect.apply(method, control, args ?? []);
      return context.json({ ok: true, value: value ?? null });
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 400;
      return context.json({ ok: false, status, message: error instanceof Error ? error.message : String(error) }, 400);
    }
  });
}
