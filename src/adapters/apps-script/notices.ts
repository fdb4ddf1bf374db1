import type { Notices } from "../../ports/notices";

const TITLE = "CRM Sync";
const TOAST_SECONDS = 8;

/** Short messages over the sheet and mails to the user; what cannot be shown or sent never stops the work. */
export function createNotices(spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet | null): Notices {
  return {
    toast(message) {
      try {
        spreadsheet?.toast(message, TITLE, TOAST_SECONDS);
      } catch {
        // Nobody looks at the file, in a clock run for example.
      }
    },
    mail(subject, body) {
      try {
        const to = Session.getEffectiveUser().getEmail();
        if (to === "" || MailApp.getRemainingDailyQuota() < 1) return false;
        MailApp.sendEmail(to, subject, body);
        return true;
      } catch {
        return false;
      }
    },
  };
}
