/** The page's origin: its files, and the control routes behind Host, Origin and token. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CallRefusal, RejectedCall } from "../emulator/bridge/types.ts";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import type { EventHub } from "./events.ts";
import { projectRoutes } from "./project-routes.ts";
import { serverRoutes } from "./server-routes.ts";
import type { UserFiles } from "./files.ts";
import { requireHost, requireSameOrigin, requireToken } from "./guards.ts";
import { pageFiles } from "./page-files.ts";
import type { Stages } from "./stages.ts";
import type { LiveBatch } from "./live-records.ts";
import type { CheckRequest, DevBackend, Problem, SessionView, StageRequest } from "./types.ts";

export interface PageInput {
  readonly backend: DevBackend;
  readonly stages: Stages;
  readonly hub: EventHub;
  readonly token: string;
  readonly port: () => number;
  readonly sandboxPort: () => number;
  /** Folder of the built page. */
  readonly files: string;
  readonly userFiles: UserFiles;
}

const SERVER_METHODS = new Set(["callTool", "listTools", "readResource", "listResources"] as const);
type ServerMethod = "callTool" | "listTools" | "readResource" | "listResources";

export function pageApp(input: PageInput): Express {
  const app = express();
  const origin = () => `http://localhost:${input.port()}`;
  app.disable("x-powered-by");
  app.use(requireHost((host) => host === `localhost:${input.port()}`));
  app.use((_request, response, next) => {
    response.set({
      "content-security-policy": pagePolicy(input.sandboxPort()),
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      // Stricter, a widget would get no handle of a popup that its host lets it open.
      "cross-origin-opener-policy": "same-origin-allow-popups",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    next();
  });
  app.get("/", (_request, response) => {
    const file = join(input.files, "index.html");
    if (!existsSync(file))
      return void response.status(500).type("text/plain").send("The page is not built. Run: npm run build\n");
    response
      .type("text/html")
      .send(
        readFileSync(file, "utf8").replace("</head>", `<meta name="sandglass-token" content="${input.token}"></head>`),
      );
  });
  app.use("/api", requireSameOrigin(origin), requireToken(input.token), controlRoutes(input));
  app.use(pageFiles(input.files));
  app.use((_request, response) => void response.status(404).type("text/plain").send("Not found.\n"));
  app.use(fault);
  return app;
}

/** The page shows strings that widgets wrote: it may run its own scripts and nothing else. */
function pagePolicy(sandboxPort: number): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src http://*.localhost:${sandboxPort}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function controlRoutes({ backend, stages, hub, sandboxPort, userFiles }: PageInput): express.Router {
  const routes = express.Router();
  routes.post("/files", express.raw({ type: "application/octet-stream", limit: "50mb" }), (request, response) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    response.json({ fileId: userFiles.add({ bytes, type: request.get("x-file-type") ?? "" }) });
  });
  routes.use(express.json({ limit: "20mb" }));
  routes.get("/events", (_request, response) => hub.add(response));
  routes.get("/session", (_request, response) => void response.json(sessionView(backend, sandboxPort())));
  routes.post("/stage", (request, response) => {
    const asked = request.body as StageRequest;
    const profile = backend.profiles.find(({ id }) => id === asked.profile);
    const widget = backend.widget(asked.widget, asked.scenario);
    if (!profile || !widget) {
      refuse(
        response,
        404,
        profile
          ? noWidget(asked.widget)
          : {
              code: "UNKNOWN_PROFILE",
              message: `There is no host profile ${asked.profile}.`,
              next: "Choose one of the list.",
            },
      );
      return;
    }
    const { answer } = stages.plan(asked, profile, widget);
    backend.openStage(answer, asked);
    response.json(answer);
  });
  routes.post("/server", async (request, response) => {
    const {
      widget: name,
      scenario,
      method,
      params,
    } = request.body as { widget: string; scenario: string; method: ServerMethod; params: readonly unknown[] };
    const widget = backend.widget(name, scenario);
    if (!widget || !SERVER_METHODS.has(method)) {
      refuse(response, 404, noWidget(name));
      return;
    }
    const { port } = widget;
    const call = (port[method] as (...params: readonly unknown[]) => Promise<unknown>).bind(port);
    await call(...params).then(
      (value) => response.json({ ok: true, value: value ?? null }),
      (error: unknown) => response.json({ ok: false, ...rejectionOf(error) }),
    );
  });
  routes.use("/mcp", serverRoutes(backend.desk));
  routes.post("/records", (request, response) => {
    const { stage, records } = request.body as Partial<LiveBatch>;
    if (typeof stage !== "number" || !Array.isArray(records) || !stages.byId(stage)) {
      refuse(response, 404, NO_STAGE);
      return;
    }
    backend.record({ stage, records }, request.get("user-agent") ?? "");
    response.status(204).end();
  });
  routes.post("/reload", async (_request, response) => {
    await backend.reload();
    response.json({});
  });
  routes.post(
    "/check",
    async (request, response) => void response.json(await backend.check(request.body as CheckRequest)),
  );
  routes.use("/project", projectRoutes(backend.project));
  routes.get("/explain/:area/:name", (request, response) => {
    const page = backend.explain(`${request.params.area}/${request.params.name}`);
    if (page === null) {
      refuse(response, 404, {
        code: "UNKNOWN_CHECK",
        message: "There is no page for this check.",
        next: "sandglass explain lists them.",
      });
      return;
    }
    response.json(page);
  });
  return routes;
}

export function sessionView(backend: DevBackend, sandboxPort: number): SessionView {
  return {
    version: backend.version,
    sandboxPort,
    target: backend.target,
    widgets: backend.widgets(),
    profiles: backend.profiles,
    defaultProfile: backend.defaultProfile,
    loading: backend.loading,
    checks: backend.checks,
    warnings: backend.warnings(),
    problem: backend.problem(),
  };
}

/** What the bridge needs of a rejected call: the port tells refusals apart by a field. */
function rejectionOf(error: unknown): RejectedCall {
  if (!(error instanceof Error)) return { message: String(error), refusal: "failed" };
  return { message: error.message, refusal: (error as { refusal?: CallRefusal }).refusal ?? "failed" };
}
const NO_STAGE: Problem = {
  code: "NO_STAGE",
  message: "This rendering is no longer kept.",
  next: "Render the widget anew.",
};

const noWidget = (name: string): Problem => ({
  code: "NO_WIDGETS",
  message: `${name} is not loaded.`,
  next: "Correct its source; the page updates by itself.",
});

function refuse(response: Response, status: number, problem: Problem): void {
  response.status(status).json(problem);
}

/** No stack reaches a page. */
const fault: ErrorRequestHandler = (error: Partial<Problem> & { status?: number }, _request, response, _next) => {
  const problem: Problem = {
    code: error.code ?? "INTERNAL",
    message: error.message ?? "The request failed.",
    next: error.next ?? "See the terminal of sandglass dev.",
  };
  response.status(error.status ?? 500).json(problem);
};
