/** The menu under Extensions > CRM Sync; `functionName` is a public function of the script. */
export const MENU = [
  { kind: "item", caption: "Open sidebar", functionName: "openSidebar" },
  { kind: "separator" },
  { kind: "item", caption: "Create people sheet", functionName: "createPeopleTemplate" },
  { kind: "item", caption: "Create company sheet", functionName: "createCompaniesTemplate" },
  { kind: "separator" },
  { kind: "item", caption: "Sync now", functionName: "syncNow" },
  { kind: "item", caption: "Show history", functionName: "showHistory" },
] as const;
