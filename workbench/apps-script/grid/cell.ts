import type { StoredValue } from "../host-api";
import type { Json } from "../json";

/** Format, note and formula of a cell beside its value. */
export interface CellDetail {
  readonly value: StoredValue;
  /** With the leading "=". The value is then the last result. */
  readonly formula?: string;
  /** Number format pattern; absent: automatic. */
  readonly format?: string;
  readonly note?: string;
  /** Style by property name, e.g. { background: "#fff2cc", fontWeight: "bold" }. */
  readonly style?: Readonly<Record<string, Json>>;
  /** Data validation rule in wire form. */
  readonly validation?: Json;
}

/** A cell as the grid keeps it: the bare value when it has nothing else, so that large sheets stay small. */
export type Slot = string | number | boolean | undefined | CellDetail;

const isDetail = (slot: Slot): slot is CellDetail => typeof slot === "object";

export const storedValue = (slot: Slot): StoredValue => (isDetail(slot) ? slot.value : (slot ?? null));

export const formulaOf = (slot: Slot): string | null => (isDetail(slot) ? (slot.formula ?? null) : null);

/** The number format that was set or that a typed value brought along; null: automatic. */
export const formatOf = (slot: Slot): string | null => (isDetail(slot) ? (slot.format ?? null) : null);

export const noteOf = (slot: Slot): string | null => (isDetail(slot) ? (slot.note ?? null) : null);

export const styleOf = (slot: Slot): Readonly<Record<string, Json>> => (isDetail(slot) ? (slot.style ?? {}) : {});

export const validationOf = (slot: Slot): Json => (isDetail(slot) ? (slot.validation ?? null) : null);

const detailOf = (slot: Slot): CellDetail => (isDetail(slot) ? slot : { value: slot ?? null });

/** Whether a cell counts for getLastRow: a value or a formula, not mere format. */
export const hasContent = (slot: Slot): boolean => {
  if (slot === undefined || slot === "") {
    return false;
  }
  return isDetail(slot) ? (slot.value !== null && slot.value !== "") || slot.formula !== undefined : true;
};

/** What an inserted cell takes from its neighbour: number format, style and validation, never content or notes. */
export function lookOf(slot: Slot): Slot {
  if (!isDetail(slot)) {
    return undefined;
  }
  const { format, style, validation } = slot;
  return compact({
    value: null,
    ...(format === undefined ? {} : { format }),
    ...(style === undefined ? {} : { style }),
    ...(validation === undefined ? {} : { validation }),
  });
}

type Patch = { readonly [Key in keyof CellDetail]?: CellDetail[Key] | undefined };

/** The cell with some parts replaced; a part given as undefined is removed. */
export function patchSlot(slot: Slot, patch: Patch): Slot {
  const merged: Record<string, unknown> = { ...detailOf(slot) };
  for (const [key, part] of Object.entries(patch)) {
    if (part === undefined) {
      delete merged[key];
    } else {
      merged[key] = part;
    }
  }
  return compact(merged as unknown as CellDetail);
}

/** The smallest form of a cell. */
function compact(detail: CellDetail): Slot {
  const bare =
    detail.formula === undefined &&
    detail.format === undefined &&
    detail.note === undefined &&
    detail.style === undefined &&
    detail.validation === undefined;
  if (!bare) {
    return detail;
  }
  return detail.value === null || detail.value === "" ? undefined : detail.value;
}
