import type { RpcRequest } from "../contract/rpc";
import type { ColumnDraft, EditorView, FieldView, MappingDraft, MappingIssue, TemplateView } from "../contract/views";
import { columnLetter } from "../domain/column-letter";
import type { Mapping } from "../domain/mapping";
import { type Field, findField, type ObjectSchema } from "../domain/schema";
import type { SetupColumn, SetupHeader } from "../ports/sheet-setup";
import { findMapping, loadConfig } from "../state/config";
import { type AppDeps, CALL_MS } from "./app-deps";
import { checkDraft } from "./check-draft";
import { DEFAULT_SETTINGS, settingsOf } from "./mapping-settings";
import { openCrm } from "./open-crm";
import { suggestFields } from "./suggest-fields";
import { templateSpec } from "./templates";

/** Makes a template tab. */
export function createTemplate(deps: AppDeps, request: RpcRequest<"template.create">): TemplateView {
  const made = deps.setup.createTemplate(templateSpec(request.template));
  deps.grid.flush();
  return { kind: request.template, ...made, objectType: request.template === "people" ? "contacts" : "companies" };
}

/** A draft to edit: the saved mapping, or suggestions for a tab that has none. */
export function openEditor(deps: AppDeps, request: RpcRequest<"editor.open">): EditorView {
  const mapping = request.mappingId === null ? null : findMapping(loadConfig(deps.store), request.mappingId);
  const crm = openCrm(deps, mapping?.crm ?? request.crm, deps.clock.now() + CALL_MS);
  const objectType = request.objectType ?? mapping?.objectType ?? crm.objects()[0]?.type ?? "";
  const schema = crm.describe(objectType);
  const tabId = mapping?.tabId ?? request.tabId;
  const header = deps.setup.readHeader(tabId, request.headerRow ?? mapping?.headerRow ?? null);
  const draft =
    mapping && mapping.objectType === objectType
      ? savedDraft(deps, mapping, header)
      : newDraft(deps, { crm: crm.name, schema, tabId, header, mapping });
  return {
    draft,
    columns: header.columns.map((column) => ({ ...column, letter: columnLetter(column.column) })),
    fields: schema.fields.map(toFieldView(schema)),
    keyFields: schema.keyFields,
    defaults: DEFAULT_SETTINGS,
    issues: checkDraft(draft, schema, header.columns),
  };
}

/** Checks a draft again after a change in the editor. */
export function checkEditor(deps: AppDeps, request: RpcRequest<"editor.check">): { issues: readonly MappingIssue[] } {
  const { draft } = request;
  const schema = openCrm(deps, draft.crm, deps.clock.now() + CALL_MS).describe(draft.objectType);
  const header = deps.setup.readHeader(draft.tabId, draft.headerRow);
  return { issues: checkDraft(draft, schema, header.columns) };
}

function toFieldView(schema: ObjectSchema): (field: Field) => FieldView {
  const required = new Set(schema.requiredForCreate.filter((oneOf) => oneOf.length === 1).flat());
  return (field) => ({
    name: field.name,
    label: field.label,
    type: field.type,
    group: field.group,
    readOnly: !field.updatable,
    required: field.required || required.has(field.name),
    unique: field.unique,
    custom: field.custom,
    optionCount: field.options.length,
  });
}

function dataColumns(header: SetupHeader): readonly SetupColumn[] {
  return header.columns.filter((column) => column.role === "data");
}

function newDraft(
  deps: AppDeps,
  at: {
    readonly crm: Mapping["crm"];
    readonly schema: ObjectSchema;
    readonly tabId: number;
    readonly header: SetupHeader;
    /** The saved mapping that is to lead to another object; null: a new one. */
    readonly mapping: Mapping | null;
  },
): MappingDraft {
  const columns = dataColumns(at.header);
  const suggestions = suggestFields(
    at.crm,
    at.schema,
    columns.map((column) => column.header),
  );
  const drafts = columns.map((column, index): ColumnDraft => {
    const suggestion = suggestions[index] ?? null;
    const field = suggestion ? findField(at.schema, suggestion.field) : null;
    return {
      column: column.column,
      header: column.header,
      field: suggestion?.field ?? null,
      direction: field && !field.updatable ? "pull" : "both",
      blank: "clear",
      suggestion: suggestion?.confidence ?? "none",
    };
  });
  const mapped = new Set(drafts.map((draft) => draft.field));
  return {
    id: at.mapping?.id ?? null,
    name: `${deps.grid.tab(at.tabId)?.name() ?? "Sheet"} · ${at.schema.pluralLabel}`,
    crm: at.crm,
    objectType: at.schema.type,
    tabId: at.tabId,
    headerRow: at.header.headerRow,
    direction: "both",
    keyField: at.schema.keyFields.find((name) => mapped.has(name)) ?? null,
    columns: drafts,
    settings: settingsOf(at.mapping),
  };
}

function savedDraft(deps: AppDeps, mapping: Mapping, header: SetupHeader): MappingDraft {
  const places = deps.setup.columnsOf(mapping);
  const byColumn = new Map(mapping.columns.map((column) => [places.get(column.columnId), column]));
  const columns = dataColumns(header).map((column): ColumnDraft => {
    const saved = byColumn.get(column.column);
    return {
      column: column.column,
      header: column.header,
      field: saved?.field ?? null,
      direction: saved?.direction ?? mapping.direction,
      blank: saved?.blank ?? "clear",
      suggestion: "none",
    };
  });
  const { id, name, crm, objectType, tabId, direction, keyField } = mapping;
  const { headerRow } = header;
  return { id, name, crm, objectType, tabId, headerRow, direction, keyField, columns, settings: settingsOf(mapping) };
}
