/**
 * `google.script.run` and `google.script.host` for a sidebar's frame. It talks to the page by messages:
 * `{workbench: "run", call, name, args}` and back `{workbench: "ran", call, ok, value, error}`. At most ten calls are under
 * way, the others wait in order. Arguments must be JSON; `undefined` in arrays becomes `null`.
 */
export const bridgeScript = `(() => {
  "use strict";
  const limit = 10;
  const running = new Map();
  const waiting = [];
  let calls = 0;
  const post = (message) => window.parent.postMessage(message, "*");

  const plain = (value, path, seen) => {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    if (value === undefined) return null;
    const bad = typeof value !== "object" || value instanceof Date || value instanceof Node || seen.includes(value);
    if (bad) throw new TypeError("Failed due to illegal value in property: " + path);
    const inside = seen.concat([value]);
    if (Array.isArray(value)) return value.map((item, at) => plain(item, String(at), inside));
    const copy = {};
    for (const key of Object.keys(value)) if (value[key] !== undefined) copy[key] = plain(value[key], key, inside);
    return copy;
  };
  const formValues = (form) => {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      values[name] = name in values ? [].concat(values[name], String(value)) : String(value);
    }
    return values;
  };
  const argument = (value, at) => (value instanceof HTMLFormElement ? formValues(value) : plain(value, String(at), []));

  const next = () => {
    while (running.size < limit && waiting.length > 0) {
      const call = waiting.shift();
      running.set(call.message.call, call);
      post(call.message);
    }
  };
  window.addEventListener("message", (event) => {
    const answer = event.data;
    if (event.source !== window.parent || !answer || answer.workbench !== "ran") return;
    const call = running.get(answer.call);
    if (!call) return;
    running.delete(answer.call);
    next();
    if (answer.ok) {
      if (call.success) call.success(answer.value, call.userObject);
    } else if (call.failure) call.failure(new Error(answer.error), call.userObject);
    else console.error("google.script.run: " + answer.error);
  });

  const runner = (handlers) => new Proxy({}, {
    get: (target, name) => {
      if (typeof name !== "string" || name === "then") return undefined;
      if (name === "withSuccessHandler") return (success) => runner({ ...handlers, success });
      if (name === "withFailureHandler") return (failure) => runner({ ...handlers, failure });
      if (name === "withUserObject") return (userObject) => runner({ ...handlers, userObject });
      if (name.endsWith("_")) return undefined;
      return (...args) => {
        waiting.push({ ...handlers, message: { workbench: "run", call: ++calls, name, args: args.map(argument) } });
        next();
      };
    },
  });
  const nothing = () => undefined;
  window.google = {
    script: {
      get run() { return runner({}); },
      host: {
        close: () => post({ workbench: "close" }),
        editor: { focus: () => post({ workbench: "focus" }) },
        setWidth: nothing,
        setHeight: nothing,
        origin: "https://docs.google.com",
      },
    },
  };
})();`;
