/** The dev overlay's worker: hands the widget's allowed requests to the sandbox server, which answers from mocks and stubs. */
declare const SANDGLASS_TOKEN: string;

interface WorkerScope {
  readonly location: Location;
  addEventListener(type: string, listener: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

const scope = globalThis as unknown as WorkerScope;
/** Bytes. */
const LARGEST_BODY = 2 * 1024 * 1024;
const NULL_BODY = new Set([101, 204, 205, 304]);

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("fetch", (event) => {
  // What the widget asks of its own origin is a relative URL: the sandbox host answers that itself.
  if (new URL(event.request.url).origin !== scope.location.origin) event.respondWith(answer(event.request));
});

async function answer(request: Request): Promise<Response> {
  const response = await fetch("/.sandglass/answer", {
    method: "POST",
    headers: { "content-type": "application/json", "x-sandglass-worker": SANDGLASS_TOKEN },
    body: JSON.stringify({
      url: request.url,
      method: request.method,
      dest: request.destination,
      mode: request.mode,
      body: await bodyOf(request),
      headers: {
        ...Object.fromEntries(request.headers),
        "sec-fetch-dest": request.destination || "empty",
        origin: scope.location.origin,
      },
    }),
  });
  if (!response.ok) return Response.error();
  // The widget's own dev server answers for itself.
  if (response.headers.has("x-sandglass-pass")) return fetch(request);
  const status = Number(response.headers.get("x-sandglass-status"));
  const headers = JSON.parse(decodeURIComponent(response.headers.get("x-sandglass-headers") ?? "%7B%7D")) as Record<
    string,
    string
  >;
  // A worker's answer is not checked against CORS by the browser: a mock that says no must still mean no.
  if (request.mode === "cors" && !mayRead(headers["access-control-allow-origin"])) return Response.error();
  return new Response(NULL_BODY.has(status) ? null : response.body, { status, headers });
}

/** What is sent along, in base64; nothing of what is too large for anybody here to answer. */
async function bodyOf(request: Request): Promise<string> {
  if (request.method === "GET" || request.method === "HEAD") return "";
  const bytes = new Uint8Array(await request.clone().arrayBuffer());
  if (bytes.length > LARGEST_BODY) return "";
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

const mayRead = (allowed: string | undefined): boolean => allowed === "*" || allowed === scope.location.origin;
