/**
 * The sandbox origin: an express app of its own, without control routes. It
 * serves the outer document of the rendering planned last for a host, and the
 * dev overlay under `/.sandglass/`. Whatever else is asked for is a relative
 * URL of the widget, which a host would not have either: 404, and told.
 */
import express, { type Express, type Request } from "express";
import type { UserFiles } from "./files.ts";
import { requireHost } from "./guards.ts";
import { CONTROLLED_URL, prepareDocument } from "./overlay.ts";
import type { PlannedStage, Stages } from "./stages.ts";
import type { Arrival, DevBackend, NetworkFault, OverlayAnswer, PolicyReport } from "./types.ts";

export interface SandboxInput {
  readonly files: UserFiles;
  readonly stages: Stages;
  readonly backend: DevBackend;
  readonly port: () => number;
  readonly pageOrigin: () => string;
  /** Secret shared with the overlay's worker alone. */
  readonly workerToken: string;
  onArrival(arrival: Arrival): void;
  onReport(report: PolicyReport): void;
}

const WORKER_TOKEN_HEADER = "x-sandglass-worker";

export function sandboxApp(input: SandboxInput): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.use(requireHost((host) => isSandboxHost(host, input.port())));
  app.use((_request, response, next) => {
    response.set({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    next();
  });

  app.get("/.sandglass/prepare", (request, response) => {
    const document = prepareDocument({
      overlay: request.query.overlay === "on",
      pageOrigin: input.pageOrigin(),
      run: input.workerToken.slice(0, 6),
    });
    response.set({ "content-security-policy": document.policy }).type("text/html").send(document.html);
  });
  app.get(CONTROLLED_URL, (request, response, next) => {
    const stage = stageOf(input.stages, request);
    if (!stage) {
      next();
      return;
    }
    response.set(withReporting(stage.answer.boot.frame.outerHeaders)).type("text/html").send("<!doctype html>");
  });
  app.get("/.sandglass/file/:id", (request, response) => {
    const file = input.files.get(request.params.id);
    if (!file) return void response.status(404).end();
    // The user's bytes are no document of the sandbox, whatever they are.
    response
      .set({ "content-security-policy": "sandbox; default-src 'none'", "content-disposition": "attachment" })
      .set("content-type", /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : "application/octet-stream")
      .send(file.bytes);
  });
  app.get("/.sandglass/worker.js", (request, response) => {
    // The script holds a secret: it is given to the browser's worker loader, which page code cannot imitate.
    if (request.headers["sec-fetch-dest"] !== "serviceworker") return void response.status(404).end();
    response
      .set({ "service-worker-allowed": "/" })
      .type("text/javascript")
      .send(`const SANDGLASS_TOKEN=${JSON.stringify(input.workerToken)};\n${input.backend.script("live-worker")}`);
  });
  app.post("/.sandglass/answer", express.json({ limit: "4mb" }), async (request, response) => {
    const stage = stageOf(input.stages, request);
    if (request.get(WORKER_TOKEN_HEADER) !== input.workerToken || !stage) return void response.status(404).end();
    const { url, method, dest, mode, headers, body } = askedOf(request.body as Partial<WorkerRequest>);
    if (isDevServer(url, stage)) return void response.status(204).set("x-sandglass-pass", "1").end();
    const fault = faultAt(stage.faults, url);
    if (fault === "unreachable") return void response.status(502).end();
    if (fault === "slow") await new Promise((done) => setTimeout(done, SLOW_MS));
    const asked = { url, method, headers, body: Buffer.from(body, "base64") };
    const answered = await input.backend.answer(stage.widget, stage.scenario, asked, stage.answer.id);
    const answer = fault === "error" ? { ...answered, status: 503, body: "" } : answered;
    input.onArrival({
      stage: stage.answer.id,
      url,
      method,
      dest,
      mode,
      by: answer.by,
      status: answer.status,
      ...refusal(answer.headers, mode, `http://${request.headers.host}`),
    });
    if (NOBODY.has(answer.by)) return void response.status(502).end();
    const send = () =>
      response
        .status(200)
        .set({
          "x-sandglass-status": String(answer.status),
          "x-sandglass-headers": encodeURIComponent(JSON.stringify(answer.headers)),
        })
        .type("application/octet-stream")
        .send(Buffer.from(answer.body));
    if (answer.delayMs) setTimeout(send, answer.delayMs);
    else send();
  });
  // The browser alone sends reports; what a widget posts here itself is a relative URL like any other. A browser without fetch metadata is believed.
  app.post(
    "/.sandglass/report",
    (request, _response, next) =>
      next(["report", "none"].includes(request.get("sec-fetch-dest") ?? "none") ? undefined : "route"),
    express.json({ type: ["application/csp-report", "application/reports+json"], limit: "256kb" }),
    (request, response) => {
      const stage = stageOf(input.stages, request);
      const report = stage && readReport(request.body, stage.answer.id);
      if (report) input.onReport(report);
      response.status(204).end();
    },
  );

  app.get("/", (request, response, next) => {
    const stage = stageOf(input.stages, request);
    if (!stage || !isFrameNavigation(request)) {
      next();
      return;
    }
    response
      .set(withReporting(stage.answer.boot.frame.outerHeaders))
      .type("text/html")
      .send(stage.answer.boot.frame.outerHtml);
  });
  app.use((request, response) => {
    const stage = stageOf(input.stages, request);
    if (stage && !request.path.startsWith("/.sandglass/")) {
      input.onArrival({
        stage: stage.answer.id,
        url: `http://${request.headers.host}${request.originalUrl}`,
        method: request.method,
        dest: request.get("sec-fetch-dest") ?? "",
        mode: request.get("sec-fetch-mode") ?? "",
        by: "sandbox-host",
        status: 404,
      });
    }
    response
      .status(404)
      .type("text/plain")
      .send("Not found: relative URLs of a widget go to the sandbox host, which has no such file.\n");
  });
  return app;
}

/** Nobody answered: the widget's request fails. */
const NOBODY: ReadonlySet<OverlayAnswer["by"]> = new Set(["unreachable", "refused-local"]);

/** What a slow network takes before it answers, milliseconds. */
const SLOW_MS = 4000;

/** Of the first that names the origin. */
function faultAt(faults: readonly NetworkFault[], url: string): NetworkFault["how"] | null {
  const origin = URL.canParse(url) ? new URL(url).origin : "";
  return faults.find((one) => one.origin === "*" || one.origin === origin)?.how ?? null;
}

/** A request as the overlay's worker hands it over. */
interface WorkerRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dest: string;
  readonly mode: string;
  /** In base64. */
  readonly body: string;
}

const askedOf = ({
  url = "",
  method = "GET",
  headers = {},
  dest = "",
  mode = "",
  body = "",
}: Partial<WorkerRequest>): WorkerRequest => ({
  url,
  method,
  headers,
  dest,
  mode,
  body,
});

/** What the browser's CORS check would say; a worker's answer is not checked, so the worker refuses it itself. */
function refusal(headers: Readonly<Record<string, string>>, mode: string, origin: string): Pick<Arrival, "cors"> {
  const allowOrigin = headers["access-control-allow-origin"] ?? null;
  if (mode !== "cors" || allowOrigin === "*" || allowOrigin === origin) return {};
  return { cors: { allowOrigin, resourcePolicy: headers["cross-origin-resource-policy"] ?? null } };
}

const isDevServer = (url: string, stage: PlannedStage): boolean =>
  URL.canParse(url) && stage.answer.devServers.includes(new URL(url).origin);

/** One label under `localhost`, on our port. */
function isSandboxHost(host: string, port: number): boolean {
  const match = /^([a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?)\.localhost:(\d+)$/i.exec(host);
  return match !== null && Number(match[2]) === port;
}

const stageOf = (stages: Stages, request: Request): PlannedStage | undefined =>
  stages.ofHost(request.headers.host ?? "");

/** The outer document is for a frame; `fetch("/")` by the widget is a relative URL like any other. */
const isFrameNavigation = (request: Request): boolean =>
  ["iframe", "frame", "document", "none"].includes(request.get("sec-fetch-dest") ?? "none");

/** A header policy also reports to us; enforcement is untouched. */
function withReporting(headers: Readonly<Record<string, string>>): Record<string, string> {
  const policy = headers["content-security-policy"];
  return policy
    ? { ...headers, "content-security-policy": `${policy.replace(/;\s*$/, "")}; report-uri /.sandglass/report` }
    : { ...headers };
}

function readReport(body: unknown, stage: number): PolicyReport | null {
  const report = (body as { "csp-report"?: Record<string, unknown> } | null)?.["csp-report"];
  if (!report) return null;
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  const text = (value: unknown, limit: number) => (typeof value === "string" ? value.slice(0, limit) : "");
  return {
    stage,
    blockedUrl: text(report["blocked-uri"], 2000),
    directive: text(report["effective-directive"] ?? report["violated-directive"], 60),
    line: number(report["line-number"]),
    column: number(report["column-number"]),
  };
}
