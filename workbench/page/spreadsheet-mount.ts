import type { OwlLibrary, SpreadsheetLibrary, SpreadsheetModel } from "./o-spreadsheet-api";

/**
 * Mounts the component into an element, empty at first.
 *
 * @returns shows a model; an earlier one is thrown away
 */
export async function mountSpreadsheet(
  library: SpreadsheetLibrary,
  owl: OwlLibrary,
  element: HTMLElement,
): Promise<(model: SpreadsheetModel) => void> {
  const templates = await (await fetch("/vendor/o-spreadsheet.xml")).text();
  const shown: { model: SpreadsheetModel | null; generation: number } = { model: null, generation: 0 };
  // The model is handed over beside owl's state: it must not be wrapped in a reactive proxy.
  let setGeneration: (generation: number) => void = () => undefined;
  class Root extends owl.Component {
    static components = { Spreadsheet: library.Spreadsheet };
    static props = {};
    static template = owl.xml`<t t-if="state.generation"><Spreadsheet t-key="state.generation" model="model"/></t>`;
    state = owl.useState({ generation: 0 });
    get model(): SpreadsheetModel | null {
      return shown.model;
    }
    setup(): void {
      setGeneration = (generation) => {
        this.state.generation = generation;
      };
    }
  }
  const app = new owl.App(Root, { templates, warnIfNoStaticProps: false });
  await app.mount(element);
  return (model) => {
    shown.model = model;
    shown.generation += 1;
    setGeneration(shown.generation);
  };
}
