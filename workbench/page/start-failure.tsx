interface StartFailureProps {
  /** What went wrong, in the words of whoever noticed. */
  readonly message: string;
}

/** Instead of the page, when its start failed: what happened, and a way out. */
export function StartFailure({ message }: StartFailureProps) {
  return (
    <main class="page locked">
      <h1>The workbench could not be shown</h1>
      <p role="alert">{message}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
      <p>If that does not help, stop “npm start”, start it again and open the new address. Your file is kept.</p>
    </main>
  );
}
