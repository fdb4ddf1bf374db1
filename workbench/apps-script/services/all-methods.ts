import type { MethodTable } from "../host/service-method";
import { cacheMethods } from "./cache";
import { developerMetadataMethods } from "./developer-metadata";
import { htmlMethods } from "./html";
import { lockMethods } from "./lock";
import { propertiesMethods } from "./properties";
import { protectionMethods } from "./protection";
import { rangeActionMethods } from "./range-actions";
import { rangeStyleMethods } from "./range-style";
import { rangeValueMethods } from "./range-values";
import { scriptAppMethods } from "./script-app";
import { sessionMethods } from "./session";
import { sheetMethods } from "./sheet";
import { sheetGridMethods } from "./sheet-grid";
import { sheetRangeMethods } from "./sheet-ranges";
import { spreadsheetMethods } from "./spreadsheet";
import { uiMethods } from "./ui";
import { urlFetchMethods } from "./url-fetch";

/** Every service method that the host answers, by "Type.method". */
export const allMethods: MethodTable = {
  ...cacheMethods,
  ...developerMetadataMethods,
  ...htmlMethods,
  ...lockMethods,
  ...propertiesMethods,
  ...protectionMethods,
  ...rangeActionMethods,
  ...rangeStyleMethods,
  ...rangeValueMethods,
  ...scriptAppMethods,
  ...sessionMethods,
  ...sheetGridMethods,
  ...sheetMethods,
  ...sheetRangeMethods,
  ...spreadsheetMethods,
  ...uiMethods,
  ...urlFetchMethods,
};
