/** Code that ends the compiler it is given to: its widget is refused, by name, and all others are built. */
import { expect, test } from "vitest";
import { loadTarget } from "../../../harness/sources/index.ts";
import { isLong } from "../../browser/long.ts";
import { folderOf, type Files } from "./kit.ts";

const wrap = (open: string, middle: string, close: string) => open.repeat(20_000) + middle + close.repeat(20_000);
const doubling = (times: number) =>
  `const a0 = "${"x".repeat(16)}";\n${Array.from({ length: times }, (_, at) => `const a${at + 1} = \`\${a${at}}\${a${at}}\`;`).join("\n")}\ndocument.body.append(a${times});\n`;
const GOOD: Files = { "good/widget.json": { entry: "index.ts" }, "good/index.ts": 'document.title = "built";\n' };
const load = (cwd: string, target: string) =>
  loadTarget({ targets: [target], cwd }).then(({ widgets }) => widgets.map(({ html }) => html).join("\n"));

test.each<readonly [what: string, files: Files]>([
  ["nested arrays", { "index.ts": `export const x: unknown = ${wrap("[", "", "]")};` }],
  ["nested rules of a style", { "index.ts": 'import "./a.css";', "a.css": wrap("a{", "", "}") }],
  // Folded, its last constant has 16 GB: it takes half a minute to what a build may have.
  ...(isLong ? ([["constants that double", { "index.ts": doubling(30) }]] as const) : []),
])("%s", { timeout: 60_000 }, async (_, files) => {
  const deep = Object.entries(files).map(([name, text]) => [`deep/${name}`, text] as const);
  const cwd = folderOf({ ...GOOD, "deep/widget.json": { entry: "index.ts" }, ...Object.fromEntries(deep) });
  const [before, lost, beside] = await Promise.allSettled([load(cwd, "good"), load(cwd, "deep"), load(cwd, "good")]);
  expect(before).toMatchObject({ status: "fulfilled", value: expect.stringContaining("`built`") as string });
  expect(lost).toMatchObject({
    status: "rejected",
    reason: {
      code: "BUILD_FAILED",
      message: expect.stringMatching(/^deep(?:: the build ended its compiler by SIG|\/)/) as string,
    },
  });
  expect(beside).toMatchObject({ status: "fulfilled", value: expect.stringContaining("`built`") as string });
});
