/** What the host gives for calls that nobody sees: of tools, of methods that it may not have, of heights. */
import type { SizeFacts } from "../../harness/model/measurement.ts";
import { isRecord, type Bridge } from "./bridge.ts";
import { isPressed } from "./presses.ts";
import { FAILING_TOOL } from "./tools.ts";

export interface OpenAi {
  readonly toolInput?: unknown;
  readonly toolOutput?: unknown;
  readonly displayMode?: unknown;
  callTool?(name: string, args: object): Promise<unknown>;
  requestDisplayMode?(options: object): unknown;
  notifyIntrinsicHeight?(height: number): void;
}

export const openai = (): OpenAi | undefined => (window as { readonly openai?: OpenAi }).openai;

const CALL_MS = 4000;

/** The way in which the bridge's requests end without an answer. */
const limited = (answer: Promise<unknown>): Promise<unknown> =>
  Promise.race([answer, new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no answer")), CALL_MS))]);

const refusal = (error: unknown): string => `throws: ${(error instanceof Error ? error.message : "").slice(0, 80)}`;

const resultOf = (answer: unknown): string =>
  isRecord(answer) && answer.isError === true ? "returns isError" : "returns";

export async function tryCalls(bridge: Bridge, hasBridge: boolean): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  if (hasBridge) {
    found["tools/call, failing"] = await bridge
      .request("tools/call", { name: FAILING_TOOL, arguments: {} }, CALL_MS)
      .then(resultOf, refusal);
    found["tools/list"] = await bridge
      .request("tools/list", {}, CALL_MS)
      .then((answer) => (isRecord(answer) && Array.isArray(answer.tools) ? "answered" : "no tools"), refusal);
    found["unknown method"] = await bridge.request("sandglass/unknown", {}, CALL_MS).then(() => "answered", refusal);
  }
  const api = openai();
  if (api?.callTool) found["callTool, failing"] = await limited(api.callTool(FAILING_TOOL, {})).then(resultOf, refusal);
  // The mode that it is in: nothing moves. A press that is not over would be one.
  if (api?.requestDisplayMode && isPressed() !== true) {
    const given = api.requestDisplayMode({ mode: api.displayMode ?? "inline" });
    found["requestDisplayMode without a press"] = given === undefined ? "undefined" : "granted";
    if (given instanceof Promise) await limited(given).catch(() => undefined);
  }
  return found;
}

const HEIGHTS = [120, 700, 2400];
/** Between two looks at the frame's height, ms; looks without a change after which it is taken for given; most of them. */
const LOOK_MS = 80;
const STILL = 6;
const MOST_LOOKS = 25;

/** Hosts may move a frame to its height. @returns null where it still moves */
async function settledHeight(wanted: number): Promise<number | null> {
  let still = 0;
  for (let look = 0, before = innerHeight; look < MOST_LOOKS && still < STILL && innerHeight !== wanted; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    still = innerHeight === before ? still + 1 : 0;
    before = innerHeight;
  }
  return innerHeight === wanted || still === STILL ? innerHeight : null;
}

export async function tryHeights(report: (height: number) => void): Promise<SizeFacts["given"]> {
  const given: Record<string, number> = {};
  for (const height of HEIGHTS) {
    report(height);
    const settled = await settledHeight(height);
    if (settled !== null) given[String(height)] = settled;
  }
  return given;
}
