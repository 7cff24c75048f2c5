import { jsonText } from "../../model/json-text.ts";
import type { CheckReporter } from "../types.ts";

/** Characters of one text. Longer is an address or an excerpt that a widget made so, and stands in a result many times. */
const LONGEST = 100_000;

/** The contract of `--format json`, `schemaVersion` 1. */
export const json: CheckReporter = (result) => `${jsonText(result, cut)}\n`;

const cut = (_key: string, value: unknown): unknown =>
  typeof value === "string" && value.length > LONGEST
    ? `${value.slice(0, LONGEST)}… (${value.length} characters)`
    : value;
