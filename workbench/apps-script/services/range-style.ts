import { patchSlot, type Slot, styleOf, validationOf } from "../grid/cell";
import { mapRect } from "../grid/rect-cells";
import { type MethodTable, read, type ServiceMethod, write } from "../host/service-method";
import { type Json, TYPE_TAG } from "../json";
import { writeEach, writeEachOfList, writeRows } from "./range-values";
import { enumWire, targetOf } from "./wire-objects";

interface StyleProperty {
  /** Name in the methods: setBackground / setBackgrounds. */
  readonly method: string;
  readonly plural: string;
  readonly key: string;
  readonly fallback: Json;
}

/** What a cell shows without a style of its own. assumed: the fallbacks of wrap. */
const PROPERTIES: readonly StyleProperty[] = [
  { method: "Background", plural: "Backgrounds", key: "background", fallback: "#ffffff" },
  { method: "FontColor", plural: "FontColors", key: "fontColor", fallback: "#000000" },
  { method: "FontWeight", plural: "FontWeights", key: "fontWeight", fallback: "normal" },
  { method: "FontStyle", plural: "FontStyles", key: "fontStyle", fallback: "normal" },
  { method: "FontLine", plural: "FontLines", key: "fontLine", fallback: "none" },
  { method: "FontSize", plural: "FontSizes", key: "fontSize", fallback: 10 },
  { method: "FontFamily", plural: "FontFamilies", key: "fontFamily", fallback: "Arial" },
  { method: "HorizontalAlignment", plural: "HorizontalAlignments", key: "horizontalAlignment", fallback: "general" },
  { method: "VerticalAlignment", plural: "VerticalAlignments", key: "verticalAlignment", fallback: "bottom" },
  { method: "Wrap", plural: "Wraps", key: "wrap", fallback: false },
  {
    method: "WrapStrategy",
    plural: "WrapStrategies",
    key: "wrapStrategy",
    fallback: enumWire("WrapStrategy", "OVERFLOW"),
  },
];

/** The cell with one style property set; null takes it away. */
function withStyle(slot: Slot, key: string, value: Json): Slot {
  const { [key]: _old, ...rest } = styleOf(slot);
  const style = value === null ? rest : { ...rest, [key]: value };
  return patchSlot(slot, { style: Object.keys(style).length === 0 ? undefined : style });
}

function styleMethods({ method, plural, key, fallback }: StyleProperty): MethodTable {
  const readStyle = (slot: Slot): Json => styleOf(slot)[key] ?? fallback;
  const writeStyle = (slot: Slot, value: Json): Slot => withStyle(slot, key, value);
  return {
    [`Range.set${method}`]: writeEach(writeStyle),
    [`Range.set${plural}`]: writeRows(writeStyle),
    [`RangeList.set${method}`]: writeEachOfList(writeStyle),
    [`Range.get${method}`]: read((call) => {
      const { tab, rect } = targetOf(call);
      return readStyle(tab.slot(rect.row, rect.column));
    }),
    [`Range.get${plural}`]: read((call) => {
      const { tab, rect } = targetOf(call);
      return mapRect(tab, rect, readStyle);
    }),
  };
}

const writeValidation = (slot: Slot, rule: Json): Slot => patchSlot(slot, { validation: rule ?? undefined });

const CHECKBOX: Json = { [TYPE_TAG]: "DataValidation", calls: [{ name: "requireCheckbox", args: [] }] };

/** Accepted and without effect on anything a script can read back here. */
const accepted: ServiceMethod = write((call) => {
  targetOf(call);
  return () => undefined;
});

/** Styles and data validation of ranges. */
export const rangeStyleMethods: MethodTable = {
  ...Object.assign({}, ...PROPERTIES.map(styleMethods)),
  "Range.setBorder": accepted,
  "Range.setDataValidation": writeEach(writeValidation),
  "Range.setDataValidations": writeRows(writeValidation),
  "Range.clearDataValidations": writeEach((slot) => writeValidation(slot, null)),
  "Range.getDataValidation": read((call) => {
    const { tab, rect } = targetOf(call);
    return validationOf(tab.slot(rect.row, rect.column));
  }),
  "Range.getDataValidations": read((call) => {
    const { tab, rect } = targetOf(call);
    return mapRect(tab, rect, validationOf);
  }),
  "Range.insertCheckboxes": writeEach((slot) => {
    const checked = patchSlot(slot, { validation: CHECKBOX });
    return typeof checked === "object" && checked.value === null ? patchSlot(checked, { value: false }) : checked;
  }),
  "Range.removeCheckboxes": writeEach((slot) => patchSlot(slot, { validation: undefined, value: null })),
};
