import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { performExternal } from "../host/external-call";
import { type MethodTable, plain, type ServiceCall } from "../host/service-method";
import type { Fault } from "../host-api";
import { isJsonObject, type Json, type JsonObject, TYPE_TAG } from "../json";
import { type FetchRequest, toFetchRequest } from "./fetch-request";
import { type FetchAnswer, FetchTimeout, sendRequest } from "./send-request";

/** Real time for one request to a loopback sandbox when the clock is virtual, ms: one that answers does so at once. */
const VIRTUAL_PATIENCE_MS = 500;
const SHOWN_BODY_CHARACTERS = 300;

const toJson = (answer: FetchAnswer): Json => ({
  [TYPE_TAG]: "HTTPResponse",
  status: answer.status,
  headers: answer.headers as unknown as Json,
  latin1: answer.body.toString("latin1"),
});

/** Prefix rule of the manifest: scheme, host (a leading "*." stands for any subdomain) and start of the path. */
function isWhitelisted(url: URL, whitelist: readonly string[] | undefined): boolean {
  if (whitelist === undefined) {
    return true;
  }
  return whitelist.some((entry) => {
    const prefix = new URL(entry.replace("://*.", "://wildcard."));
    const any = entry.includes("://*.");
    const host = any ? prefix.host.slice("wildcard".length) : prefix.host;
    const hostMatches = any ? url.host.endsWith(host) : url.host === host;
    return hostMatches && url.protocol === prefix.protocol && url.pathname.startsWith(prefix.pathname);
  });
}

async function send(call: ServiceCall, request: FetchRequest): Promise<FetchAnswer> {
  const { state, execution } = call;
  if (!isWhitelisted(request.url, state.manifest.urlFetchWhitelist)) {
    throw new ServiceError(ERROR_TEXTS.fetchRefusedByWhitelist(request.url.href));
  }
  state.quotas.charge(execution.start.user, "urlfetch", 1, state.nowFor(execution));
  execution.fetchCalls++;
  const virtual = state.clock.kind === "virtual";
  const perform = async (): Promise<FetchAnswer> => {
    try {
      return await sendRequest(request, {
        hosts: state.options.hosts,
        clockMs: virtual ? execution.clockMs : null,
        patienceMs: virtual ? VIRTUAL_PATIENCE_MS : request.timeoutMs,
      });
    } catch (thrown) {
      execution.clockMs += virtual && thrown instanceof FetchTimeout ? request.timeoutMs : 0;
      throw thrown;
    }
  };
  return performExternal(call, perform, (fault, act) => faulty(call, request, fault, act));
}

async function faulty(
  call: ServiceCall,
  request: FetchRequest,
  fault: Fault,
  perform: () => Promise<FetchAnswer> | FetchAnswer,
): Promise<FetchAnswer> {
  switch (fault.kind) {
    case "http-status":
      return { status: fault.status, headers: fault.headers ?? {}, body: Buffer.from(fault.body ?? "", "utf8") };
    case "service-error":
      throw new ServiceError(fault.message);
    case "timeout":
      if (fault.effectApplied) {
        await perform();
      }
      call.execution.clockMs += call.state.clock.kind === "virtual" ? request.timeoutMs : 0;
      throw new ServiceError(ERROR_TEXTS.fetchTimeout(request.url.href));
  }
}

/** Without muteHttpExceptions an answer from 400 on is an exception. */
function checkStatus(answer: FetchAnswer, request: FetchRequest): void {
  if (answer.status < 400 || request.muteHttpExceptions) {
    return;
  }
  const body = answer.body.toString("utf8").slice(0, SHOWN_BODY_CHARACTERS);
  throw new ServiceError(ERROR_TEXTS.fetchFailed(request.url.origin, answer.status, body));
}

const optionsOf = (value: Json): JsonObject => (isJsonObject(value) ? value : {});

async function fetchOne(call: ServiceCall): Promise<Json> {
  const request = toFetchRequest(call.args.string(0), optionsOf(call.args.at(1)));
  const answer = await send(call, request);
  checkStatus(answer, request);
  return toJson(answer);
}

/**
 * Live: all requests at once. Virtual: one after the other, so that the sandbox sees the same order every time;
 * the cost is that of parallel requests. Answers come in the order of the requests.
 */
async function fetchAll(call: ServiceCall): Promise<Json> {
  const requests = call.args.array(0).map((item) => {
    const options = optionsOf(item);
    return toFetchRequest(String(options.url ?? ""), options);
  });
  call.requests = requests.length;
  const answers: FetchAnswer[] = [];
  if (call.state.clock.kind === "virtual") {
    for (const request of requests) {
      answers.push(await send(call, request));
    }
  } else {
    answers.push(...(await Promise.all(requests.map((request) => send(call, request)))));
  }
  requests.forEach((request, index) => {
    const answer = answers[index];
    if (answer !== undefined) {
      checkStatus(answer, request);
    }
  });
  return answers.map(toJson);
}

/** UrlFetchApp against the mapped sandboxes. */
export const urlFetchMethods: MethodTable = {
  "UrlFetchApp.fetch": plain(fetchOne),
  "UrlFetchApp.fetchAll": plain(fetchAll),
  "UrlFetchApp.getRequest": plain((call) => {
    const request = toFetchRequest(call.args.string(0), optionsOf(call.args.at(1)));
    return {
      url: request.url.href,
      method: request.method.toLowerCase(),
      headers: request.headers,
      payload: request.body?.toString("utf8") ?? "",
      followRedirects: request.followRedirects,
      muteHttpExceptions: request.muteHttpExceptions,
      contentType: request.headers["Content-Type"] ?? null,
    };
  }),
};
