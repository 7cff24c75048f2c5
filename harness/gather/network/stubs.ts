/** Neutral answers of the right type, with CORS headers, for a network that is off. */
import type { ArrivedRequest, BoundaryAnswer } from "./boundary.ts";
import { preflightedMethod } from "./preflight.ts";

/** A transparent pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

type Stub = readonly [type: string, body: string | Buffer];
const JSON_STUB: Stub = ["application/json", "{}"];

/** By `Sec-Fetch-Dest`, the browser's own word on what it wants. */
const STUBS: Readonly<Record<string, Stub>> = {
  script: ["text/javascript", ""],
  worker: ["text/javascript", ""],
  sharedworker: ["text/javascript", ""],
  serviceworker: ["text/javascript", ""],
  audioworklet: ["text/javascript", ""],
  paintworklet: ["text/javascript", ""],
  style: ["text/css", ""],
  image: ["image/png", PIXEL],
  font: ["font/woff2", ""],
  audio: ["audio/wav", ""],
  video: ["video/mp4", ""],
  track: ["text/vtt", "WEBVTT\n"],
  manifest: ["application/manifest+json", "{}"],
  iframe: ["text/html", "<!doctype html><title>stub</title>"],
  frame: ["text/html", "<!doctype html><title>stub</title>"],
  document: ["text/html", "<!doctype html><title>stub</title>"],
  object: ["image/png", PIXEL],
  embed: ["image/png", PIXEL],
  json: JSON_STUB,
  xslt: ["text/xml", "<x/>"],
};

export function stubFor(request: ArrivedRequest): BoundaryAnswer {
  if (request.method === "OPTIONS") return { status: 204, headers: corsHeaders(request), body: "" };
  if (String(request.headers.accept ?? "").includes("text/event-stream")) {
    return {
      status: 200,
      headers: { ...corsHeaders(request), "content-type": "text/event-stream", "cache-control": "no-store" },
      body: ": stub\n\n",
      open: true,
    };
  }
  const [type, body] = STUBS[String(request.headers["sec-fetch-dest"] ?? "empty")] ?? JSON_STUB;
  return { status: 200, headers: { ...corsHeaders(request), "content-type": type, "cache-control": "no-store" }, body };
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** A method that is none of the usual, as a preflight spells it. */
function methodAskedFor(request: ArrivedRequest): string[] {
  const asked = preflightedMethod(request);
  return asked === null || METHODS.includes(asked) ? [] : [asked];
}

/** What a server that welcomes the sandbox's origin sends. */
export function corsHeaders(request: ArrivedRequest): Record<string, string> {
  const origin = typeof request.headers.origin === "string" ? request.headers.origin : null;
  const asked = request.headers["access-control-request-headers"];
  return {
    "access-control-allow-origin": origin ?? "*",
    ...(origin ? { "access-control-allow-credentials": "true", vary: "origin" } : {}),
    ...(asked ? { "access-control-allow-headers": String(asked) } : {}),
    ...(request.method === "OPTIONS"
      ? {
          "access-control-allow-methods": [...METHODS, ...methodAskedFor(request)].join(", "),
          "access-control-max-age": "60",
        }
      : {}),
    "cross-origin-resource-policy": "cross-origin",
    "timing-allow-origin": "*",
  };
}
