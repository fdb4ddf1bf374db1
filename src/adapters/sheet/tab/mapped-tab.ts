import type { Mapping } from "../../../domain/mapping";
import type { ColumnTag, Grid } from "../../../ports/grid";

/** What a read of a tab saw of its columns. */
export interface SeenColumns {
  readonly tags: readonly ColumnTag[];
  /** Cells of the header row as one text. */
  readonly header: string;
}

/** The tab of a mapping on a grid, with what the last whole read of this execution saw: only a hint, see `readTableBlock`. */
export interface MappedTab {
  readonly grid: Grid;
  readonly mapping: Mapping;
  /** null: not read yet, or columns were tagged since. */
  seen: SeenColumns | null;
}
