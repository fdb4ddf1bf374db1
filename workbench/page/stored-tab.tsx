import type { PageHub } from "./page-hub";
import { useLoaded } from "./use-loaded";

type Stores = Readonly<Record<"user" | "script" | "document", Readonly<Record<string, string>>>>;

const stores: readonly (keyof Stores)[] = ["user", "script", "document"];

/** What the script keeps in its property stores; secrets are not sent to the page. */
export function StoredTab({ hub }: { readonly hub: PageHub }) {
  const { answer, error } = useLoaded<Stores>(hub, "/properties");
  if (error !== null) return <p class="empty">{error}</p>;
  const rows = stores.flatMap((store) =>
    Object.entries(answer?.[store] ?? {}).map(([key, value]) => ({ store, key, value })),
  );
  if (rows.length === 0) return <p class="empty">The script keeps no properties.</p>;
  return (
    <table class="list">
      <caption class="hidden-text">Properties</caption>
      <thead>
        <tr>
          <th scope="col">Store</th>
          <th scope="col">Key</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ store, key, value }) => (
          <tr key={`${store} ${key}`}>
            <td>{store}</td>
            <td>
              <code>{key}</code>
            </td>
            <td class="path">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
