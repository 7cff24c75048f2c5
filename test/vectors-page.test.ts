import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { vectorsPage } from "./browser/vectors/document.ts";

it("docs/vectors.md says what the tests assert", () => {
  expect(readFileSync(join(import.meta.dirname, "../docs/vectors.md"), "utf8"), "run npx jiti test/browser/vectors/document.ts > docs/vectors.md").toBe(vectorsPage());
});
