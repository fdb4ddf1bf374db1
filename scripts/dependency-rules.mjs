import { LAYER_LIST, LAYERS } from "./layers.mjs";

/**
 * One rule of dependency-cruiser for one layer: whatever it imports lies in its own folder or in its bracket.
 *
 * @param {import("./layers.mjs").Layer} layer
 */
function layerRule(layer) {
  const folders = [layer.folder, ...layer.folders].map((folder) => `^${folder}/`);
  const packages = layer.anyPackage ? ["^node_modules/"] : layer.packages.map((name) => `^node_modules/${name}/`);
  const line = LAYER_LIST.split("\n").find((text) => text.startsWith(`${layer.folder} `)) ?? layer.folder;
  return {
    name: `layer-${layer.folder.replaceAll("/", "-")}`,
    comment: `The layer list says: ${line.replace(/\s+/, " ")}`,
    severity: "error",
    from: { path: `^${layer.folder}/` },
    to: {
      pathNot: [...folders, ...packages],
      ...(layer.node ? { dependencyTypesNot: ["core"] } : {}),
    },
  };
}

/** The whole configuration of dependency-cruiser. Type-only imports count as imports. */
export const DEPENDENCY_RULES = {
  forbidden: [
    ...LAYERS.map(layerRule),
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "not-found", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "^node_modules/" },
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".cjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
