import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useDesk } from "../hooks/desk";
import { HOME } from "../state/route";
import { TEXT } from "../text";
import { Button } from "./button";

interface FrameProps {
  readonly heading: string;
  /** Without it there is no way back, as while a run is under way. */
  readonly back?: boolean;
  /** Id of what one came for, further down: it takes the focus in place of the heading. */
  readonly startAt?: string | undefined;
  readonly children: ComponentChildren;
}

let shownBefore = false;

/** A view: its heading takes the focus when the view appears, but not when the sidebar opens. */
export function Frame({ heading, back = true, startAt, children }: FrameProps) {
  const { go } = useDesk();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const start = startAt === undefined ? null : document.getElementById(startAt);
    if (start !== null) start.focus();
    else if (shownBefore) title.current?.focus();
    shownBefore = true;
  }, []);
  return (
    <main>
      {back && (
        <nav class="back">
          <Button look="quiet" onClick={() => go(HOME)}>
            <span aria-hidden="true">‹ </span>
            {TEXT.plain.back}
          </Button>
        </nav>
      )}
      <h1 tabIndex={-1} ref={title}>
        {heading}
      </h1>
      {children}
    </main>
  );
}
