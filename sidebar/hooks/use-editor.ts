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
  /** Saves, once the draft as it stands is checked; problems keep it from being saved. */
  save(onProblems: () => void): void;
}

/** Keeps the draft, has it checked after each change, and saves it. */
export function useEditor(view: EditorView): Editor {
  const { rpc, setUnsaved, announce } = useDesk();
  const [draft, setDraft] = useState(view.draft);
  const [choice, setChoice] = useState<ColumnChoice>("all");
  const [saved, setSaved] = useState<MappingSummary | null>(null);
  const saving = useAction();
  const { issues, setIssues, checking, check } = useDraftCheck(draft, view);
  const latest = useRef(draft);
  latest.current = draft;
  useEffect(() => () => setUnsaved(false), [setUnsaved]);
  const change = useCallback(
    (next: MappingDraft) => {
      setUnsaved(true);
      setDraft(next);
    },
    [setUnsaved],
  );
  const save = (onProblems: () => void): void =>
    saving.run(
      async () => {
        const asked = latest.current;
        const found = await check(asked);
        const stopped = found.some(({ level }) => level === "problem");
        return stopped ? null : rpc.call("mapping.save", { draft: toRequestDraft(asked) });
      },
      (reply) => {
        if (reply === null) {
          onProblems();
          return;
        }
        setIssues(reply.issues);
        setUnsaved(false);
        setSaved(reply.mapping);
        announce(reply.mapping.name);
      },
    );
  return { draft, issues, checking, saving, saved, choice, setChoice, change, save };
}

/** What there is to say about the draft: asked for a moment after each change, and again by whoever saves. */
function useDraftCheck(draft: MappingDraft, view: EditorView) {
  const { rpc } = useDesk();
  const [issues, setIssues] = useState(view.issues);
  const [checking, setChecking] = useState(false);
  const turn = useRef(0);
  /** The last answer about a draft: what else was typed since has to be asked about. */
  const checked = useRef({ draft: view.draft, issues: view.issues });
  const latest = useRef(draft);
  latest.current = draft;
  const check = async (asked: MappingDraft): Promise<readonly MappingIssue[]> => {
    if (checked.current.draft === asked) return checked.current.issues;
    const { issues: found } = await rpc.call("editor.check", { draft: toRequestDraft(asked) });
    if (asked === latest.current) {
      checked.current = { draft: asked, issues: found };
      setIssues(found);
    }
    return found;
  };
  useEffect(() => {
    turn.current += 1;
    if (draft === view.draft) return undefined;
    const mine = turn.current;
    setChecking(true);
    const timer = setTimeout(() => {
      const settle = (): void => {
        if (mine === turn.current) setChecking(false);
      };
      // A check that gets no answer is no reason to stop editing: saving checks again.
      check(draft).then(settle, settle);
    }, CHECK_DELAY_MS);
    return () => clearTimeout(timer);
  }, [draft, rpc]);
  return { issues, setIssues, checking, check };
}

/** The draft as a request: the contract's lists are not readonly there. */
function toRequestDraft(draft: MappingDraft) {
  return { ...draft, columns: draft.columns.map((column) => ({ ...column })) };
}
