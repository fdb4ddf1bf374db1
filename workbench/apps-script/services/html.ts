import { ERROR_TEXTS, ServiceError } from "../error-texts";
import { type MethodTable, plain, type ServiceMethod } from "../host/service-method";
import { stripTemplateComments } from "./strip-template-comments";

const readFile = (strip: boolean): ServiceMethod =>
  plain((call) => {
    const name = call.args.string(0).replace(/\.html$/, "");
    const html = call.state.options.html[name];
    if (html === undefined) {
      throw new ServiceError(ERROR_TEXTS.htmlFileMissing(name));
    }
    return strip ? stripTemplateComments(html) : html;
  });

/** The project's HTML files; what is made of them lives in the execution. */
export const htmlMethods: MethodTable = {
  "HtmlService.createHtmlOutputFromFile": readFile(true),
  "HtmlService.createTemplateFromFile": readFile(true),
};
