/** HAR 1.2 files: answers for allowed requests, made once with the network on. */
import { readFile, writeFile } from "node:fs/promises";
import type { Content, Entry, Har, Header, Request, Response } from "har-format";
import { isRecord } from "../../../host/csp/record.ts";
import { SandglassError, messageOf } from "../../model/errors.ts";
import type { AnswerSource } from "./answers.ts";
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";
import { liveAsker, TRANSFER_HEADERS, type LiveOptions } from "./live.ts";
import { corsHeaders } from "./stubs.ts";

/** What a replay needs of an entry; files of other programs need not hold more. */
interface KnownEntry {
  readonly request: Pick<Request, "method" | "url">;
  readonly response: Pick<Response, "status" | "headers"> & { readonly content: Partial<Content> };
}

/** The entry as a file of other programs has it; none when nothing can be answered with it. */
function entryIn(written: unknown): KnownEntry[] {
  const { request, response } = recordOf(written);
  const { method, url } = recordOf(request);
  const { status, headers, content } = recordOf(response);
  const { text = "", encoding } = recordOf(content);
  if (typeof url !== "string" || url === "" || typeof method !== "string" || !isRecord(content)) return [];
  if (!isStatus(status) || !Array.isArray(headers) || typeof text !== "string") return [];
  return [
    {
      request: { method, url },
      response: {
        status,
        headers: headers.filter(isHeader),
        content: { text, ...(encoding === "base64" ? { encoding } : {}) },
      },
    },
  ];
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

const isStatus = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;

/** One that a server may send: a name of its letters, a value of one line. */
const isHeader = (value: unknown): value is Header =>
  isRecord(value) &&
  typeof value.name === "string" &&
  typeof value.value === "string" &&
  /^:?[\w!#$%&'*+.^`|~-]+$/.test(value.name) &&
  !/[^\t\x20-\x7e\x80-\xff]/.test(value.value);

/**
 * Answers from a HAR file; each call of the result starts from the beginning, as
 * a rendering does. The method and the whole URL must match, else the URL
 * without its query. Equal requests get their answers in order, then the last.
 * @throws SandglassError `BAD_RECORDING`
 */
export async function openRecording(path: string): Promise<() => AnswerSource> {
  const entries = await readEntries(path);
  return () => replayOf(entries);
}

function replayOf(entries: readonly KnownEntry[]): AnswerSource {
  const exact = new InOrder(entries, ({ method, url }) => `${method} ${url}`);
  const loose = new InOrder(entries, ({ method, url }) => `${method} ${withoutQuery(url)}`);
  const answer = (request: ArrivedRequest): BoundaryAnswer | null => {
    const entry = exact.next(request) ?? loose.next(request);
    if (entry) return replay(entry);
    // A preflight is never worth recording: the recorded answer itself says whether CORS holds.
    const follows =
      request.method === "OPTIONS" &&
      entries.some((known) => withoutQuery(known.request.url) === withoutQuery(request.url));
    return follows ? { status: 204, headers: corsHeaders(request), body: "" } : null;
  };
  return (request) => Promise.resolve(answer(request));
}

/** Entries by a key; the last of a key is repeated. */
class InOrder {
  readonly #left = new Map<string, KnownEntry[]>();

  constructor(
    entries: readonly KnownEntry[],
    private readonly key: (request: KnownEntry["request"]) => string,
  ) {
    for (const entry of entries) {
      const known = this.#left.get(key(entry.request));
      if (known) known.push(entry);
      else this.#left.set(key(entry.request), [entry]);
    }
  }

  next(request: KnownEntry["request"]): KnownEntry | undefined {
    const left = this.#left.get(this.key(request));
    return left && left.length > 1 ? left.shift() : left?.[0];
  }
}

function replay(entry: KnownEntry): BoundaryAnswer {
  const headers = entry.response.headers
    .map(({ name, value }) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !TRANSFER_HEADERS.has(name) && !name.startsWith(":"));
  const { text = "", encoding } = entry.response.content;
  return {
    status: entry.response.status,
    headers: Object.fromEntries(headers),
    body: encoding === "base64" ? Buffer.from(text, "base64") : text,
  };
}

async function readEntries(path: string): Promise<KnownEntry[]> {
  try {
    const { entries } = recordOf(recordOf(JSON.parse(await readFile(path, "utf8"))).log);
    if (!Array.isArray(entries)) throw new Error("it has no log.entries");
    return entries.flatMap(entryIn);
  } catch (error) {
    throw new SandglassError(
      "BAD_RECORDING",
      `${path} is not a HAR file: ${messageOf(error)}.`,
      "Make one with --network live --record FILE.har.",
      { cause: error },
    );
  }
}

const withoutQuery = (url: string): string => url.replace(/[?#][^]*/, "");

export interface Recorder {
  readonly source: AnswerSource;
  save(path: string): Promise<void>;
}

/** Asks the real network for each allowed request, and keeps the answers that came. Request headers and bodies are not kept. */
export function openLive(mask: (text: string) => string, options: LiveOptions = {}): Recorder {
  const ask = liveAsker(options);
  const entries: Entry[] = [];
  return {
    async source(request) {
      const answer = await ask(request);
      if (typeof answer === "symbol") return answer;
      entries.push(entryOf(request.method, mask(request.url), answer));
      return answer;
    },
    async save(path) {
      const har: Har = { log: { version: "1.2", creator: { name: "sandglass", version: "1" }, entries } };
      await writeFile(path, `${JSON.stringify(har, null, 1)}\n`, { mode: 0o600 });
    },
  };
}

/** -1: not known, as HAR has it. */
function entryOf(method: string, url: string, answer: BoundaryAnswer): Entry {
  const body = Buffer.from(answer.body);
  const message = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1 };
  return {
    startedDateTime: new Date().toISOString(),
    time: 0,
    request: { method, url, headers: [], queryString: [], bodySize: -1, ...message },
    response: {
      status: answer.status,
      statusText: "",
      headers: Object.entries(answer.headers)
        .filter(([name]) => name !== "set-cookie")
        .map(([name, value]) => ({ name, value })),
      content: {
        size: body.length,
        mimeType: answer.headers["content-type"] ?? "",
        text: body.toString("base64"),
        encoding: "base64",
      },
      redirectURL: "",
      bodySize: -1,
      ...message,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}
