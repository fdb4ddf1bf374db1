import { Fragment } from "preact";

/** A title that may hold an address: where that is too long for a line, it goes on after its "@", not in mid-word. */
export function TitleText({ title }: { readonly title: string }) {
  const parts = title.split(/(?<=@)/);
  return (
    <>
      {parts.map((part, index) => (
        // A title never changes its parts' order.
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
