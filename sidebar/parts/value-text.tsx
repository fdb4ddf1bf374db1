import { useState } from "preact/hooks";
import { TEXT } from "../text";
import { Button } from "./button";

/** A longer value hides what stands below it. */
const MAX_SHOWN = 240;

/** A value of a cell or record as text; a long one is shown in full on demand. */
export function ValueText({ value }: { readonly value: string }) {
  const [all, setAll] = useState(false);
  if (value === "") return <>{TEXT.plain.emptyValue}</>;
  if (all || value.length <= MAX_SHOWN) return <>{value}</>;
  return (
    <>
      {value.slice(0, MAX_SHOWN)}…{" "}
      <Button look="quiet" onClick={() => setAll(true)}>
        {TEXT.plain.showAll}
      </Button>
    </>
  );
}
