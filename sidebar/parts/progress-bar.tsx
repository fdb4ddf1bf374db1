interface ProgressBarProps {
  readonly label: string;
  /** 0..100; null: unknown yet. */
  readonly percent: number | null;
  /** What a screen reader says instead of the percentage. */
  readonly valueText: string;
}

/** How far something is; without a percentage it only moves. */
export function ProgressBar({ label, percent, valueText }: ProgressBarProps) {
  return (
    <div
      class={percent === null ? "progress unknown" : "progress"}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      aria-valuetext={valueText}
    >
      <div
        class="progress-fill"
        key={percent === null ? "unknown" : "known"}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
