import { jsonText } from "../../model/json-text.ts";
import type { AllowlistReporter } from "../types.ts";

/** For machines; the same objects as `allowlist` in `sandglass check --format json`. */
export const json: AllowlistReporter = (results) => `${jsonText({ schemaVersion: 1, allowlist: results })}\n`;
