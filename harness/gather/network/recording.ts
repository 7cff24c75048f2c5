/** HAR 1.2 files: answers for allowed requests, made once with the network on. */
import { readFile, writeFile } from "node:fs/promises";
import { SandglassError, messageOf } from "../../model/errors.ts";
import type { AnswerSource } from "./answers.ts";
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";
import { corsHeaders } from "./stubs.ts";

interface HarEntry {
  request: { method: string; url: string };
  response: {
    status: number;
    headers: { name: string; value: string }[];
    content: { text?: string; encoding?: string; mimeType?: string };
  };
}

/** Headers that describe the transfer, not the answer; a replay has a transfer of its own. */
const TRANSFER_HEADERS = new Set([
  "content-encoding",
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "alt-svc",
  "strict-transport-security",
]);

/**
 * Answers from a HAR file. The method and the whole URL must match, else the URL without its query.
 * @throws SandglassError `BAD_RECORDING`
 */
export async function openRecording(path: string): Promise<AnswerSource> {
  const entries = await readEntries(path);
  const exact = new Map(entries.map((entry) => [`${entry.request.method} ${entry.request.url}`, entry]));
  const loose = new Map(entries.map((entry) => [`${entry.request.method} ${withoutQuery(entry.request.url)}`, entry]));
  return async (request) => {
    const entry =
      exact.get(`${request.method} ${request.url}`) ?? loose.get(`${request.method} ${withoutQuery(request.url)}`);
    if (entry) return replay(entry);
    // A preflight is never worth recording: the recorded answer itself says whether CORS holds.
    const follows =
      request.method === "OPTIONS" &&
      entries.some((known) => withoutQuery(known.request.url) === withoutQuery(request.url));
    return follows ? { status: 204, headers: corsHeaders(request), body: "" } : null;
  };
}

function replay(entry: HarEntry): BoundaryAnswer {
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

async function readEntries(path: string): Promise<HarEntry[]> {
  try {
    const har = JSON.parse(await readFile(path, "utf8")) as { log?: { entries?: HarEntry[] } };
    if (!Array.isArray(har.log?.entries)) throw new Error("it has no log.entries");
    return har.log.entries.filter((entry) => entry.request?.url && entry.response);
  } catch (error) {
    throw new SandglassError(
      "BAD_RECORDING",
      `${path} is not a HAR file: ${messageOf(error)}.`,
      "Make one with --network live --record FILE.har.",
      { cause: error },
    );
  }
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");

export interface Recorder {
  readonly source: AnswerSource;
  save(path: string): Promise<void>;
}

/** Asks the real network for each allowed request, and keeps the answers. Request headers and bodies are not kept. */
export function openLive(mask: (text: string) => string): Recorder {
  const entries: HarEntry[] = [];
  return {
    async source(request) {
      const answer = await askNetwork(request);
      entries.push({
        request: { method: request.method, url: mask(request.url) },
        response: {
          status: answer.status,
          headers: Object.entries(answer.headers)
            .filter(([name]) => name !== "set-cookie")
            .map(([name, value]) => ({ name, value })),
          content: {
            text: Buffer.from(answer.body).toString("base64"),
            encoding: "base64",
            mimeType: answer.headers["content-type"] ?? "",
          },
        },
      });
      return answer;
    },
    async save(path) {
      const har = { log: { version: "1.2", creator: { name: "sandglass", version: "1" }, entries } };
      await writeFile(path, `${JSON.stringify(har, null, 1)}\n`, { mode: 0o600 });
    },
  };
}

/** Headers that the proxy hop owns. */
const HOP_HEADERS = new Set([
  "host",
  "connection",
  "proxy-connection",
  "content-length",
  "accept-encoding",
  "upgrade-insecure-requests",
]);

async function askNetwork(request: ArrivedRequest): Promise<BoundaryAnswer> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (!HOP_HEADERS.has(name) && value !== undefined) headers.set(name, String(value));
  try {
    const hasBody = request.method !== "GET" && request.method !== "HEAD" && request.body.length > 0;
    const answer = await fetch(request.url, {
      method: request.method,
      headers,
      redirect: "manual",
      ...(hasBody ? { body: new Uint8Array(request.body) } : {}),
    });
    const kept = [...answer.headers].filter(([name]) => !TRANSFER_HEADERS.has(name));
    return { status: answer.status, headers: Object.fromEntries(kept), body: Buffer.from(await answer.arrayBuffer()) };
  } catch (error) {
    return {
      status: 502,
      headers: { "content-type": "text/plain" },
      body: `Sandglass could not reach it: ${messageOf(error)}`,
    };
  }
}
