/** The parts of `daff` that the benchmark of the merge uses; the package brings no types. */
declare module "daff" {
  interface TableView {
    readonly height: number;
  }
  interface Flags {
    ordered: boolean;
    addPrimaryKey(column: string): void;
  }
  const daff: {
    readonly CompareFlags: new () => Flags;
    readonly TableView: new (rows: unknown[][]) => TableView;
    /** Three-way merge into `local`; gives the number of conflicts. */
    readonly Merger: new (
      parent: TableView | undefined,
      local: TableView | undefined,
      remote: TableView | undefined,
      flags: Flags,
    ) => { apply(): number };
  };
  // biome-ignore lint/style/noDefaultExport: the package has no other export
  export default daff;
}
