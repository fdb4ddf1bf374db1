import { createHash } from "node:crypto";
import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { randomUuid } from "../host/seeded-random";
import { type MethodTable, outside, plain, type ServiceCall } from "../host/service-method";
import { isJsonObject, type Json, TYPE_TAG } from "../json";

/** In a simple trigger the active user is not known (LIMITED mode). */
const activeEmail = (call: ServiceCall): string =>
  call.execution.start.authMode === "FULL" ? call.execution.start.user.email : "";

/** Stable per user and script; the real one changes after 30 days, which is not emulated. */
const userKey = (call: ServiceCall): string =>
  createHash("sha256").update(`${call.execution.start.user.email} ${call.state.scriptId}`).digest("base64");

function sendMail(call: ServiceCall): Json {
  const { state, execution } = call;
  const first = call.args.at(0);
  const message = isJsonObject(first)
    ? { to: first.to, subject: first.subject, body: first.body ?? first.htmlBody }
    : { to: first, subject: call.args.at(1), body: call.args.at(2) };
  const recipients = String(message.to ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  if (recipients.length === 0) {
    throw new ServiceError(ERROR_TEXTS.noRecipient);
  }
  const wrong = recipients.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (wrong !== undefined) {
    throw new ServiceError(ERROR_TEXTS.invalidEmail(wrong));
  }
  state.quotas.charge(execution.start.user, "email", recipients.length, state.nowFor(execution));
  state.outbox.push({
    to: recipients.join(","),
    subject: String(message.subject ?? ""),
    body: String(message.body ?? ""),
    atMs: state.nowFor(execution),
  });
  return null;
}

/** Session, MailApp and the parts of Utilities that need the host. */
export const sessionMethods: MethodTable = {
  "Session.getActiveUser": plain((call) => ({ [TYPE_TAG]: "User", email: activeEmail(call) })),
  "Session.getEffectiveUser": plain((call) => ({ [TYPE_TAG]: "User", email: call.execution.start.user.email })),
  "Session.getScriptTimeZone": plain((call) => call.state.scriptTimeZone),
  "Session.getActiveUserLocale": plain(() => "en"),
  "Session.getTemporaryActiveUserKey": plain(userKey),
  "User.getEmail": plain((call) => call.self.email ?? ""),
  "MailApp.sendEmail": outside(sendMail),
  "MailApp.getRemainingDailyQuota": plain((call) => {
    const { state, execution } = call;
    return state.quotas.left(execution.start.user, "email", state.nowFor(execution));
  }),
  "Utilities.getUuid": plain((call) => randomUuid(call.state.random)),
  "Utilities.sleep": plain(async (call) => {
    const ms = call.args.number(0);
    if (call.state.clock.kind === "virtual") {
      call.execution.clockMs += Math.max(0, ms);
    } else {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    return null;
  }),
};
