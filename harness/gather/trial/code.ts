/** Scripts and style sheets that arrived for a widget: read like the code in its document, with their source maps. */
import { withDeadline, EXPIRED } from "../../lib/deadline.ts";
import { messageOf } from "../../model/errors.ts";
import type { BundleEvidence, Gathered } from "../../model/evidence.ts";
import { scanText } from "../../scan/index.ts";
import type { Answerer } from "../network/answers.ts";
import type { ArrivedCode } from "../network/arrived-code.ts";
import type { RunLog } from "../witness/run-log.ts";

/** Texts read of one run, characters of one and of all, and ms for all of them. */
const MOST_TEXTS = 400;
const MOST_CHARACTERS = 8_000_000;
const MOST_CHARACTERS_IN_ALL = 24_000_000;
const READ_MS = 30_000;
/** Source maps asked for, and characters of one. */
const MOST_MAPS = 20;
const MOST_MAP_CHARACTERS = 24_000_000;

export interface CodeReading {
  readonly bundle: Gathered<BundleEvidence>;
  /** Source maps as JSON, by the address of the code; absent when there are none. */
  readonly codeMaps?: Readonly<Record<string, string>>;
}

interface CodeReader {
  readonly readCode: (code: ArrivedCode) => Promise<BundleEvidence>;
  readonly answerer: Answerer;
}

/** Adds to what the document says what the code that arrived for it says. Never rejects for what that code holds. */
export async function withArrivedCode(
  bundle: Gathered<BundleEvidence>,
  arrived: readonly ArrivedCode[],
  { readCode, answerer }: CodeReader,
): Promise<CodeReading> {
  if (bundle.status === "failed" || arrived.length === 0) return { bundle };
  const deadline = performance.now() + READ_MS;
  const { taken, left } = within(arrived.map(masked));
  const read = await Promise.all(taken.map((one) => readOne(one, readCode, deadline)));
  const codeMaps = await mapsOf(taken, answerer, deadline);
  return {
    bundle: { status: "ok", value: merged([bundle.value, ...read, ...left.map((one) => unread(one, "too long"))]) },
    ...(Object.keys(codeMaps).length === 0 ? {} : { codeMaps }),
  };
}

/** Blob scripts that stood in the document or were made by it; their addresses are new in every run. */
export function blobScriptsOf({ blobScripts, scripts }: RunLog): ArrivedCode[] {
  const texts = new Set(blobScripts.map((key) => scripts.get(key) ?? ""));
  return [...texts].filter((code) => code !== "").map((code) => ({ name: "blob:script", code, language: "script" }));
}

const masked = (one: ArrivedCode): ArrivedCode => ({ ...one, name: scanText(one.name, "request").masked });

function within(arrived: readonly ArrivedCode[]): { taken: ArrivedCode[]; left: ArrivedCode[] } {
  const [taken, left]: [ArrivedCode[], ArrivedCode[]] = [[], []];
  let characters = 0;
  for (const one of arrived) {
    const { length } = one.code;
    const fits =
      taken.length < MOST_TEXTS && length <= MOST_CHARACTERS && characters + length <= MOST_CHARACTERS_IN_ALL;
    if (fits) characters += length;
    (fits ? taken : left).push(one);
  }
  return { taken, left };
}

async function readOne(code: ArrivedCode, readCode: CodeReader["readCode"], deadline: number): Promise<BundleEvidence> {
  try {
    const read = await withDeadline(readCode(code), deadline);
    return read === EXPIRED ? unread(code, "the time for reading was over") : read;
  } catch (error) {
    return unread(code, messageOf(error));
  }
}

const unread = ({ name, code }: ArrivedCode, problem: string): BundleEvidence => ({
  files: [{ name, bytes: code.length, parsed: false, problem, unread: true }],
  urls: [],
  uses: [],
});

const merged = (parts: readonly BundleEvidence[]): BundleEvidence => ({
  files: parts.flatMap(({ files }) => files),
  urls: parts.flatMap(({ urls }) => urls),
  uses: parts.flatMap(({ uses }) => uses),
});

async function mapsOf(
  arrived: readonly ArrivedCode[],
  answerer: Answerer,
  deadline: number,
): Promise<Record<string, string>> {
  const maps: Record<string, string> = {};
  for (const { name, code } of arrived.slice(0, MOST_MAPS)) {
    const address = mapAddressOf(code);
    if (address === null) continue;
    const json = await withDeadline(mapAt(address, name, answerer), deadline);
    if (json === EXPIRED) return maps;
    if (json !== null && json.length <= MOST_MAP_CHARACTERS) maps[name] = json;
  }
  return maps;
}

/** Characters at the end of a text in which it names its map; an inlined one is as long as it likes. */
const NAMING_END = 2000;
const MARK = "sourceMappingURL=";

function mapAddressOf(code: string): string | null {
  const at = code.lastIndexOf(MARK);
  if (at === -1) return null;
  const address = /^[^\s'"*]+/.exec(code.slice(at + MARK.length))?.[0];
  if (address === undefined) return null;
  return address.startsWith("data:") || code.length - at < NAMING_END ? address : null;
}

/** A map that is not there leaves the places as they are. */
async function mapAt(address: string, base: string, answerer: Answerer): Promise<string | null> {
  const inlined = /^data:application\/json;(?:charset=[^;,]+;)?base64,(.*)$/s.exec(address)?.[1];
  if (inlined !== undefined) return Buffer.from(inlined, "base64").toString("utf8");
  if (!/^https?:/.test(base) || !URL.canParse(address, base)) return null;
  const { href: url, origin } = new URL(address, base);
  // The code names it, and the network may be real: it gets nobody asked whom the widget did not ask itself.
  if (origin !== new URL(base).origin) return null;
  const headers = { accept: "application/json", "sec-fetch-dest": "empty", "sec-fetch-mode": "no-cors" };
  const { by, answer } = await answerer.answer({ url, method: "GET", headers, body: Buffer.alloc(0), bodyBytes: 0 });
  return by === "stub" || answer?.status !== 200 ? null : answer.body.toString();
}
