import type { Reporter } from "./summary.ts";

/** The contract of `--format json`, `schemaVersion` 1. */
export const json: Reporter = (result) => `${JSON.stringify(result, null, 2)}\n`;
