/** Who answers an allowed request: the scenario's mocks, a recording, a neutral stub, or the network. */
import { readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { lookup } from "mrmime";
import type { AnsweredBy } from "../../model/evidence.ts";
import type { Mock } from "../../model/widget.ts";
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";
import { preflightedMethod } from "./preflight.ts";
import { addressMatcher } from "./mock-address.ts";
import { corsHeaders, stubFor } from "./stubs.ts";

export interface Answerer {
  /** No answer: the connection is dropped. */
  answer(request: ArrivedRequest): Promise<{ readonly by: AnsweredBy; readonly answer: BoundaryAnswer | null }>;
}

/** There was nobody to ask. */
export const UNREACHABLE = Symbol("unreachable");

/** It is a machine of this network, and was not named. */
export const LOCAL = Symbol("local");

export type AnswerSource = (
  request: ArrivedRequest,
) => Promise<BoundaryAnswer | typeof UNREACHABLE | typeof LOCAL | null>;

const READING: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Once something was pressed that nobody meant to press, what may write is not passed on to who would carry it out. */
export function onlyReading(source: AnswerSource, hasPressed: () => boolean): AnswerSource {
  return (request) => (hasPressed() && !READING.has(request.method) ? Promise.resolve(null) : source(request));
}

/** Tries each source in turn and falls back to a stub of the right type. */
export function answererOf(sources: readonly { readonly by: AnsweredBy; readonly source: AnswerSource }[]): Answerer {
  return {
    async answer(request) {
      for (const { by, source } of sources) {
        const answer = await source(request);
        if (answer === UNREACHABLE) return { by: "unreachable", answer: null };
        if (answer === LOCAL) return { by: "refused-local", answer: null };
        if (answer) return { by, answer };
      }
      return { by: "stub", answer: stubFor(request) };
    },
  };
}

/**
 * Mocks of a scenario, first match wins. A mock without CORS headers gets
 * permissive ones: it stands for a working server; one that says what headers
 * a file of code, a font or a picture comes with is taken at its word. A preflight is answered by a
 * mock for OPTIONS, else on behalf of the mock that will answer the request.
 * @throws SandglassError `BAD_WIDGET`: an address is no pattern
 */
export async function mockSource(mocks: readonly Mock[]): Promise<AnswerSource> {
  const table = await Promise.all(
    mocks.map(async (mock) => ({
      mock,
      match: await addressMatcher(mock.url),
      method: mock.method?.toUpperCase(),
    })),
  );
  const find = (url: string, matches: (method: string | undefined) => boolean) => {
    for (const { mock, match, method } of table) {
      const wildcard = matches(method) ? match(url) : null;
      if (wildcard !== null) return { mock, wildcard };
    }
    return null;
  };
  return async (request) => {
    const wanted = preflightedMethod(request);
    const found = find(
      request.url,
      wanted === null
        ? (method) => method === undefined || method === request.method
        : (method) => method === "OPTIONS",
    );
    if (found) return answerMock(found.mock, found.wildcard, request);
    const ahead =
      wanted === null ? null : find(request.url, (method) => method === undefined || method === wanted.toUpperCase());
    return ahead && preflightOfMock(ahead.mock, request);
  };
}

/** As permissive as the mock itself: only its own CORS headers stand in the way. */
function preflightOfMock(mock: Mock, request: ArrivedRequest): BoundaryAnswer {
  const own = Object.entries(headersOf(mock)).filter(([name]) => name.startsWith("access-control-"));
  return { status: 204, headers: { ...corsHeaders(request), ...Object.fromEntries(own) }, body: "" };
}

/** As its author gave them, lower-case names. */
const headersOf = (mock: Mock): Record<string, string> =>
  Object.fromEntries(Object.entries(mock.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

async function answerMock(mock: Mock, wildcard: string, request: ArrivedRequest): Promise<BoundaryAnswer> {
  const { body, type } = await mockBody(mock, wildcard);
  return {
    status: body === null ? 404 : (mock.status ?? 200),
    headers: { ...(type ? { "content-type": type } : {}), ...corsOfMock(mock, request), ...headersOf(mock) },
    body: body ?? "",
    ...(mock.delayMs ? { delayMs: mock.delayMs } : {}),
  };
}

/** Hosts of packages and fonts, which let every origin read them, whatever a mock leaves out. */
const READABLE_BY_ALL =
  /^https:\/\/(?:[\w-]+\.)*(?:jsdelivr\.net|unpkg\.com|esm\.sh|esm\.run|jspm\.io|skypack\.dev|cdnjs\.cloudflare\.com|fonts\.(?:googleapis|gstatic)\.com)\//;

/** A module, what is marked `crossorigin`, a font: data that code asks for has no destination. */
const isLoadedWithCors = ({ headers }: ArrivedRequest): boolean =>
  headers["sec-fetch-mode"] === "cors" && (headers["sec-fetch-dest"] ?? "empty") !== "empty";

function corsOfMock({ headers = {} }: Mock, request: ArrivedRequest): Record<string, string> {
  const { "access-control-allow-origin": _origin, ...others } = corsHeaders(request);
  const isLiteral = Object.keys(headers).length > 0 && isLoadedWithCors(request);
  return isLiteral && !READABLE_BY_ALL.test(request.url) ? others : corsHeaders(request);
}

async function mockBody(mock: Mock, wildcard: string): Promise<{ body: string | Buffer | null; type: string | null }> {
  if (mock.json !== undefined) return { body: JSON.stringify(mock.json), type: "application/json" };
  if (mock.file !== undefined) {
    const isFolder = (await stat(mock.file)).isDirectory();
    const path = isFolder ? await inside(mock.file, wildcard.replace(/[?#][^]*/, "")) : mock.file;
    if (!path) return { body: null, type: null };
    return { body: await readPlainFile(path), type: lookup(path) ?? "application/octet-stream" };
  }
  return { body: mock.body ?? "", type: mock.body === undefined ? null : "text/plain" };
}

/** Null when there is no file: a folder, or a pipe or device, whose reading may never end. */
async function readPlainFile(path: string): Promise<Buffer | null> {
  try {
    return (await stat(path)).isFile() ? await readFile(path) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The file at `folder/relative`, links followed, or null when there is none or it lies elsewhere. */
async function inside(folder: string, relative: string): Promise<string | null> {
  try {
    const [top, path] = await Promise.all([realpath(folder), realpath(join(folder, decodeURIComponent(relative)))]);
    return path.startsWith(top + sep) ? path : null;
  } catch (error) {
    if (error instanceof URIError || ABSENT.has((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

const ABSENT = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "ERR_INVALID_ARG_VALUE"]);
