/** Texts one below the other, each with a dot in front. */
export function TextList({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul class="bullets">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
