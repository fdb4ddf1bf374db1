import { spawnSync } from "node:child_process";
import { projectRoot } from "../support/call-module";

describe("faults that a script plants to try the tests", () => {
  it("can all still be planted: what they change stands in the code", () => {
    const run = spawnSync(process.execPath, ["scripts/planted-faults.mjs", "--check"], {
      cwd: projectRoot,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
  }, 60_000);
});
