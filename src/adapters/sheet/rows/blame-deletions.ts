/** Neighbouring rows that one call deletes. */
export interface RowStretch {
  readonly row: number;
  readonly count: number;
}

/** Rows that were deleted, and how many rows the tab had. */
export interface DeletedRows {
  readonly height: number;
  /** Deletions of the add-on in their order: from the bottom up. */
  readonly stretches: readonly RowStretch[];
  /** Rows with content that are gone, as they were numbered before. */
  readonly gone: ReadonlySet<number>;
}

/** Steps that the search for a person's part may take; beyond that, all may be ours. */
const MAX_STEPS = 2_000_000;

/**
 * Which of the rows that are gone the add-on may have deleted, when a person may have deleted some neighbouring rows at the
 * same time: those that it hit in any order of events that explains what is gone. All of them when none does.
 */
export function blameDeletions(deleted: DeletedRows): ReadonlySet<number> {
  const { stretches, gone, height } = deleted;
  const ours = stretches.reduce((sum, { count }) => sum + count, 0);
  const theirs = gone.size - ours;
  if (theirs <= 0 || gone.size * (stretches.length + 1) * height > MAX_STEPS) return gone;
  const blamed = new Set<number>();
  let explained = false;
  for (const first of gone) {
    for (let step = 0; step <= stretches.length; step++) {
      const hit = replay(deleted, { first, count: theirs, step });
      if (hit === null) continue;
      explained = true;
      for (const row of hit) blamed.add(row);
    }
  }
  return explained ? blamed : gone;
}

/** Rows that our deletions hit if a person's came before the one of number `step`; null: that does not explain what is gone. */
function replay(
  { height, stretches, gone }: DeletedRows,
  person: { readonly first: number; readonly count: number; readonly step: number },
): readonly number[] | null {
  const rows = Array.from({ length: height }, (_, i) => i + 1);
  const hit: number[] = [];
  const act = (step: number): boolean => {
    if (step !== person.step) return true;
    const at = rows.indexOf(person.first);
    return at >= 0 && rows.splice(at, person.count).every((row) => gone.has(row));
  };
  for (let step = 0; step < stretches.length; step++) {
    if (!act(step)) return null;
    const { row, count } = stretches[step] ?? { row: 1, count: 0 };
    hit.push(...rows.splice(row - 1, count));
  }
  if (!act(stretches.length)) return null;
  const left = new Set(rows);
  return [...gone].every((row) => !left.has(row)) && hit.every((row) => gone.has(row)) ? hit : null;
}
