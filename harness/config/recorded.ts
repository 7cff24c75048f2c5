/** A scenario made of what was seen in a live call: input, result, and what answered its requests. Pure; nothing in it is secret any more. */
import type { Mock } from "../model/widget.ts";
import type { ScenarioConfig } from "./types.ts";

export interface SeenAnswer {
  readonly method: string;
  /** Masked. */
  readonly url: string;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Hides what is secret in a text, or in a value. */
export interface Masks {
  readonly text: (text: string) => string;
  readonly value: (value: unknown) => unknown;
}

export interface SeenCall {
  /** Name of the scenario, for the files of its mocks. */
  readonly name: string;
  readonly given: Pick<ScenarioConfig, "toolInput" | "toolOutput" | "content" | "_meta" | "isError" | "context">;
  readonly answers: readonly SeenAnswer[];
  /** Origin that the widget ran on: an answer that lets in this one lets in any. */
  readonly sandbox: string;
  /** Folder of files, as the scenario's file names it. */
  readonly folder: string;
  /** Whether a path is that of another mock of the scenario. Default: none is. */
  readonly isTaken?: (path: string) => boolean;
}

export interface RecordedScenario {
  readonly scenario: ScenarioConfig;
  /** Files of mocks, by the path that the scenario names. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Answers that were left out, and why. */
  readonly leftOut: readonly string[];
}

const MOST_MOCKS = 100;
/** Of a body that stands in the scenario itself, characters. */
const INLINE_CHARACTERS = 4000;
const MOST_BYTES = 5_000_000;

export function recordedScenario(seen: SeenCall, masks: Masks): RecordedScenario {
  const { name, given, answers, sandbox, folder, isTaken = () => false } = seen;
  let last = 0;
  const pathFor = (answer: SeenAnswer): string => {
    const path = `${folder}/${slugOf(name)}/${++last}${endingOf(answer)}`;
    return isTaken(path) ? pathFor(answer) : path;
  };
  const files = new Map<string, Buffer>();
  const leftOut: string[] = [];
  const mocks: Mock[] = [];
  for (const answer of firstOfEach(answers)) {
    if (mocks.length === MOST_MOCKS) {
      leftOut.push(`${answer.url}: more than ${MOST_MOCKS} answers`);
    } else if (answer.body.length > MOST_BYTES) {
      leftOut.push(`${answer.url}: ${answer.body.length} bytes`);
    } else {
      mocks.push(mockOf(answer, { path: pathFor(answer), sandbox, masks, files }));
    }
  }
  const scenario = {
    ...(masks.value(given) as SeenCall["given"]),
    ...(mocks.length > 0 ? { mocks } : {}),
  };
  return { scenario, files, leftOut };
}

/** The first answer of each address and method: a mock has one. A preflight is answered on behalf of what follows. */
function firstOfEach(answers: readonly SeenAnswer[]): SeenAnswer[] {
  const first = new Map<string, SeenAnswer>();
  for (const answer of answers) {
    const key = `${answer.method} ${answer.url}`;
    if (answer.method !== "OPTIONS" && !first.has(key)) first.set(key, answer);
  }
  return [...first.values()];
}

interface Making {
  readonly path: string;
  readonly sandbox: string;
  readonly masks: Masks;
  readonly files: Map<string, Buffer>;
}

function mockOf({ method, url, status, headers, body }: SeenAnswer, making: Making): Mock {
  return {
    url: withoutMasks(url),
    ...(method === "GET" ? {} : { method }),
    ...(status === 200 ? {} : { status }),
    ...headersOf(headers, making),
    ...bodyOf(headers["content-type"] ?? "", body, making),
  };
}

/** What was masked in an address stands for itself and for whatever comes in its place. */
const withoutMasks = (url: string): string => url.replace(/\[masked\]|%5Bmasked%5D|…|%E2%80%A6/gi, "*");

/** Who may read it is as the server said, not as a mock would have it. */
function headersOf(headers: SeenAnswer["headers"], { sandbox, masks }: Making): Pick<Mock, "headers"> {
  const allowed = headers["access-control-allow-origin"] ?? "";
  const type = headers["content-type"];
  const own = {
    ...(type === undefined ? {} : { "content-type": type }),
    ...(allowed === sandbox ? {} : { "access-control-allow-origin": allowed }),
    ...(headers.location === undefined ? {} : { location: masks.text(headers.location) }),
  };
  return Object.keys(own).length > 0 ? { headers: own } : {};
}

function bodyOf(type: string, body: Buffer, { path, masks, files }: Making): Pick<Mock, "json" | "body" | "file"> {
  if (body.length === 0) return {};
  const text = textOf(type, body);
  if (text === null) {
    files.set(path, OF_TEXT.test(type) ? maskedBytes(type, body, masks) : body);
    return { file: path };
  }
  const json = /\bjson\b/i.test(type) ? jsonOf(text) : undefined;
  const masked = json === undefined ? masks.text(text) : JSON.stringify(masks.value(json));
  if (masked.length > INLINE_CHARACTERS) {
    files.set(path, Buffer.from(masked));
    return { file: path };
  }
  return json === undefined ? { body: masked } : { json: JSON.parse(masked) as unknown };
}

/** Text all the same where its bytes are no UTF-8. */
const OF_TEXT = /^text\/|json|javascript|xml|urlencoded/i;

/** UTF-16 is searched as what it says, all else byte by byte; otherwise it is kept as it is. */
function maskedBytes(type: string, body: Buffer, masks: Masks): Buffer {
  const order = byteOrderOf(type, body);
  if (order === null) return Buffer.from(masks.text(body.toString("latin1")), "latin1");
  const whole = Buffer.from(body.subarray(0, body.length & ~1));
  const little = order === "big" ? whole.swap16() : whole;
  const masked = Buffer.from(masks.text(little.toString("utf16le")), "utf16le");
  return Buffer.concat([order === "big" ? masked.swap16() : masked, body.subarray(whole.length)]);
}

/** Of UTF-16, as its mark, its type or the nulls of its first characters say; null: it is something else. */
function byteOrderOf(type: string, body: Buffer): "little" | "big" | null {
  const mark = body.toString("latin1", 0, 2);
  if (mark === "\xff\xfe" || /charset="?utf-16le/i.test(type)) return "little";
  if (mark === "\xfe\xff" || /charset="?utf-16be/i.test(type)) return "big";
  const nulls = Array.from(body.subarray(0, 4), (byte) => (byte === 0 ? "0" : "x")).join("");
  return NULLS.get(nulls) ?? null;
}

/** Of two characters of Latin script. */
const NULLS: ReadonlyMap<string, "little" | "big"> = new Map([
  ["x0x0", "little"],
  ["0x0x", "big"],
]);

/** Null: it is no text of UTF-8. */
function textOf(type: string, body: Buffer): string | null {
  if (/^(?:image\/(?!svg)|audio|video|font)|octet-stream|wasm|zip/i.test(type) || body.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/json/i, ".json"],
  [/javascript/i, ".js"],
  [/css/i, ".css"],
  [/svg/i, ".svg"],
  [/html/i, ".html"],
  [/png/i, ".png"],
  [/jpe?g/i, ".jpg"],
  [/webp/i, ".webp"],
  [/gif/i, ".gif"],
  [/woff2/i, ".woff2"],
  [/woff/i, ".woff"],
  [/text\//i, ".txt"],
];

const endingOf = ({ headers }: SeenAnswer): string =>
  ENDINGS.find(([type]) => type.test(headers["content-type"] ?? ""))?.[1] ?? ".bin";

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "scenario";
