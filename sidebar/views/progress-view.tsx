import { useEffect, useState } from "preact/hooks";
import type { RunView } from "../../src/contract/views";
import { useNow } from "../hooks/use-now";
import { Button } from "../parts/button";
import { Frame } from "../parts/frame";
import { Notice, ProblemNotice } from "../parts/notice";
import { ProgressBar } from "../parts/progress-bar";
import { fill, formatNumber, joinTexts } from "../phrase";
import type { RunDriver, RunState } from "../state/run-driver";
import type { RunKind } from "../state/run-kind";
import { estimateRate, percentDone, type RunRate, type RunTrack, trackRun } from "../state/run-rate";
import { formatSpan } from "../state/time-text";
import { TEXT } from "../text";

interface ProgressViewProps {
  readonly name: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly driver: RunDriver;
}

/** A run at work. */
export function ProgressView({ name, kind, state, driver }: ProgressViewProps) {
  const { run, problem, pause, cancelAsked } = state;
  const text = TEXT.run;
  const writing = run?.phase === "applying" || run?.phase === "finishing";
  const stopped = problem !== null;
  const heading = kind === "sync" && !writing ? text.compareHeading : text.heading[kind];
  return (
    <Frame heading={fill(heading, { name })} back={stopped}>
      {(run !== null || !stopped) && <RunProgress name={name} run={run} stopped={stopped} />}
      {pause !== null && <Pause untilMs={pause.untilMs} lost={pause.lost} />}
      {stopped ? (
        <>
          <ProblemNotice problem={problem} onRetry={() => driver.retry()} />
          {run !== null && <p class="hint">{text.stalled}</p>}
        </>
      ) : (
        <p class="hint">{text.closeHint}</p>
      )}
      {(run !== null || !stopped) && (
        <div class="buttons">
          <Button busy={cancelAsked} onClick={() => driver.cancel()}>
            {cancelAsked ? text.cancelling : text.cancel}
          </Button>
        </div>
      )}
    </Frame>
  );
}

interface RunProgressProps {
  readonly name: string;
  readonly run: RunView | null;
  readonly stopped: boolean;
}

function RunProgress({ name, run, stopped }: RunProgressProps) {
  const [track, setTrack] = useState<RunTrack | null>(null);
  useEffect(() => {
    if (run !== null) setTrack((old) => trackRun(old, run, Date.now()));
  }, [run]);
  const text = TEXT.run;
  const percent = run === null ? null : percentDone(run);
  const counts = run === null || run.total === 0 ? "" : fill(text.progress, { done: run.done, total: run.total });
  const rate = estimateRate(track);
  const phase = run === null ? text.starting : text.phase[run.phase];
  return (
    <div class="run-progress">
      <p>
        <strong>{run?.doing || phase}</strong>
      </p>
      {/* A bar that moves would say that something goes on. */}
      {(percent !== null || !stopped) && (
        <ProgressBar
          label={fill(text.progressLabel, { name })}
          percent={percent}
          valueText={joinTexts([phase, counts], ", ")}
        />
      )}
      <p class="line">
        <span>{counts}</span>
        {percent !== null && <span>{fill(text.percent, { percent })}</span>}
      </p>
      <p class="muted">{rate === null || stopped ? "" : rateText(rate)}</p>
    </div>
  );
}

function rateText({ perSecond, remainingMs }: RunRate): string {
  const { rate, remaining } = TEXT.run;
  const parts = [
    fill(rate, { n: formatNumber(roundRate(perSecond)) }),
    fill(remaining, { time: formatSpan(remainingMs) }),
  ];
  return joinTexts(parts);
}

/** Two digits are as much as the estimate is worth. */
function roundRate(perSecond: number): number {
  return perSecond >= 10 ? Math.round(perSecond) : Math.round(perSecond * 10) / 10;
}

function Pause({ untilMs, lost }: { readonly untilMs: number; readonly lost: boolean }) {
  const nowMs = useNow(true);
  const time = formatSpan(untilMs - nowMs);
  return (
    <Notice tone="info">
      <p>{fill(lost ? TEXT.run.waitLost : TEXT.run.wait, { time })}</p>
    </Notice>
  );
}
