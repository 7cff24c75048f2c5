/**
 * Reads the text of a widget without a browser: which URLs it names, which of
 * them its code surely requests, and which APIs it uses that the sandbox
 * refuses. Hints only: what was seen at run time weighs more.
 */
export type { CodeText } from "./read.ts";
export { readArrived, readBundle, startReader } from "./reader.ts";
