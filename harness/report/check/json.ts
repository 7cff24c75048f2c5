import { jsonText } from "../../model/json-text.ts";
import type { CheckReporter } from "../types.ts";

/** The contract of `--format json`, `schemaVersion` 1. */
export const json: CheckReporter = (result) => `${jsonText(result)}\n`;
