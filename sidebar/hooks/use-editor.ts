import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { EditorView, MappingDraft, MappingIssue, MappingSummary } from "../../src/contract/views";
import type { ColumnChoice } from "../state/mapping-draft";
import { useDesk } from "./desk";
import { type Action, useAction } from "./use-action";

/** The server is asked about a draft once it rests that long. */
const CHECK_DELAY_MS = 500;

/** A mapping being edited. */
export interface Editor {
  readonly draft: MappingDraft;
  readonly issues: readonly MappingIssue[];
  readonly checking: boolean;
  readonly saving: Action;
  /** Set once saved. */
  readonly saved: MappingSummary | null;
  /** Which columns are listed. */
  readonly choice: ColumnChoice;
  setChoice(choice: ColumnChoice): void;
  change(next: MappingDraft): void;
  save(): void;
}

/** Keeps the draft, has it checked after each change, and saves it. */
export function useEditor(view: EditorView): Editor {
  const { rpc, setUnsaved, announce } = useDesk();
  const [draft, setDraft] = useState(view.draft);
  const [issues, setIssues] = useState(view.issues);
  const [checking, setChecking] = useState(false);
  const [choice, setChoice] = useState<ColumnChoice>("all");
  const [saved, setSaved] = useState<MappingSummary | null>(null);
  const saving = useAction();
  const turn = useRef(0);
  const touched = useRef(false);
  useEffect(() => {
    turn.current += 1;
    if (!touched.current) return undefined;
    const mine = turn.current;
    setChecking(true);
    const timer = setTimeout(() => {
      const settle = (found: readonly MappingIssue[] | null): void => {
        if (mine !== turn.current) return;
        setChecking(false);
        if (found !== null) setIssues(found);
      };
      // A check that gets no answer is no reason to stop editing: saving checks again.
      rpc.call("editor.check", { draft: toRequestDraft(draft) }).then(
        (reply) => settle(reply.issues),
        () => settle(null),
      );
    }, CHECK_DELAY_MS);
    return () => clearTimeout(timer);
  }, [draft, rpc]);
  useEffect(() => () => setUnsaved(false), [setUnsaved]);
  const change = useCallback(
    (next: MappingDraft) => {
      touched.current = true;
      setUnsaved(true);
      setDraft(next);
    },
    [setUnsaved],
  );
  const save = (): void =>
    saving.run(
      () => rpc.call("mapping.save", { draft: toRequestDraft(draft) }),
      (reply) => {
        setIssues(reply.issues);
        setUnsaved(false);
        setSaved(reply.mapping);
        announce(reply.mapping.name);
      },
    );
  return { draft, issues, checking, saving, saved, choice, setChoice, change, save };
}

/** The draft as a request: the contract's lists are not readonly there. */
function toRequestDraft(draft: MappingDraft) {
  return { ...draft, columns: draft.columns.map((column) => ({ ...column })) };
}
