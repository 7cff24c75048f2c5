/** A folder for the time of a command is gone at its end, however it ends. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

test("process.exit", () => {
  const script = join(mkdtempSync(join(tmpdir(), "sandglass-lib-")), "end.ts");
  writeFileSync(
    script,
    `import { existsSync } from "node:fs";
import { temporaryFolder } from ${JSON.stringify(join(root, "harness/lib/temporary-folder.ts"))};
const { path } = temporaryFolder("sandglass-test-");
console.log(existsSync(path), path);
process.exit(3);`,
  );
  const { stdout, status } = spawnSync(process.execPath, [join(root, "node_modules/jiti/lib/jiti-cli.mjs"), script], {
    encoding: "utf8",
  });
  const [was, path = ""] = stdout.trim().split(" ");
  expect({ status, was, is: existsSync(path), named: path.includes("sandglass-test-") }).toEqual({
    status: 3,
    was: "true",
    is: false,
    named: true,
  });
});
