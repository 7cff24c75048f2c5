import { jsonText } from "../shared/json.ts";
import type { CheckReporter } from "../types.ts";

/** The contract of `--format json`, `schemaVersion` 1. */
export const json: CheckReporter = (result) => `${jsonText(result)}\n`;
