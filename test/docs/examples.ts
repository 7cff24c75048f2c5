/** The TypeScript blocks of `docs/library.md`, for the tests that compile and run them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join(import.meta.dirname, "../../docs/library.md");

export const examples: readonly string[] = [...readFileSync(PAGE, "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(
  ([, code = ""]) => code,
);

/** Those that do something by themselves. */
export const programs = examples.filter((code) => !/export default|from "(vitest|[^"]*playwright[^"]*)"/.test(code));
