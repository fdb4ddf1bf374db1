import { resolve } from "node:path";
import { checkHouseRules } from "./gates/house-rules.mjs";
import { PROJECT_ROOT, projectAt } from "./project.mjs";

/** Checks the folder given as first argument, or this project, against the conventions that no linter states. */
function main() {
  const problems = checkHouseRules(projectAt(resolve(process.argv[2] ?? PROJECT_ROOT)));
  console.log(problems.length === 0 ? "the house rules hold" : problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}

main();
