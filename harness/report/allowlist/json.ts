import type { AllowlistReporter } from "./types.ts";

/** For machines; the same objects as `allowlist` in `sandglass check --format json`. */
export const json: AllowlistReporter = (results) =>
  `${JSON.stringify({ schemaVersion: 1, allowlist: results }, null, 2)}\n`;
