/** Raw logs for tests of single joins: nothing happened unless a test says so. */
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { JoinContext } from "../../../harness/model/join-context.ts";
import type {
  RawApiUse,
  RawArrival,
  RawIssue,
  RawLog,
  RawMessage,
  RawPlace,
  RawRequest,
} from "../../../harness/model/raw-log.ts";
import { SANDBOX } from "../allowlist/make.ts";

export { SANDBOX };

export const rawLog = (given: Partial<RawLog> = {}): RawLog => ({
  schemaVersion: 1,
  stage: "virtual",
  channels: ["audits", "log", "network", "page-event", "boundary", "page"],
  requests: [],
  issues: [],
  sockets: [],
  messages: [],
  navigations: [],
  downloads: [],
  arrivals: [],
  preflights: [],
  apiUses: [],
  bridge: {
    surfaces: [],
    handshake: "none",
    messages: [],
    dropped: 0,
    violations: [],
    toolCalls: [],
    externalLinks: [],
    requestedHeight: null,
    reads: null,
  },
  departure: null,
  refresh: null,
  document: {
    ended: "settled",
    loaded: true,
    probe: null,
    paintedShare: null,
    pendingTimers: 0,
    life: null,
    observed: true,
  },
  acts: { steps: [], failed: null, explored: [], exploringStoppedAfterMs: null },
  given: {
    sizes: { toolInput: 0, structuredContent: 0, content: 0, meta: 0, widgetState: 0 },
    leaves: null,
    inventedArguments: false,
    cuts: [],
  },
  scripts: {},
  addresses: {},
  excerpts: {},
  detections: [],
  limits: [],
  limit: 1000,
  dropped: {},
  ...given,
});

export const joinContext = (html = "<p>w</p>", given: Partial<JoinContext> = {}): JoinContext => ({
  document: { name: "w.html", html, sourceMaps: [] },
  sandbox: { origin: SANDBOX, url: `${SANDBOX}/?app=chatgpt` },
  profile: profiles.chatgpt,
  policy: {
    requested: "chatgpt",
    applied: "chatgpt",
    declared: readDeclaration({}, []).declaration,
    problems: [],
    effective: [],
    assumptions: {},
  },
  observe: false,
  bundle: { status: "ok", value: { files: [], urls: [], uses: [] } },
  ...given,
});

/** In the first inline script of the document, unless said otherwise. */
export const place = (line: number, column = 0, given: Partial<RawPlace> = {}): RawPlace => ({
  url: SANDBOX,
  line,
  column,
  ...given,
});

export const message = (given: Partial<RawMessage> = {}): RawMessage => ({
  channel: "log",
  level: "error",
  text: "text",
  place: null,
  role: "inner",
  origin: "browser",
  count: 1,
  ...given,
});

export const apiUse = (given: Partial<RawApiUse> = {}): RawApiUse => ({
  channel: "page",
  api: "confirm",
  returned: "false",
  places: [],
  blocked: true,
  initiator: "document",
  count: 1,
  ...given,
});

export const request = (url: string, given: Partial<RawRequest> = {}): RawRequest => ({
  channel: "network",
  url,
  method: "GET",
  kind: "fetch",
  role: "inner",
  place: null,
  hops: [],
  isForm: false,
  requestOrigin: SANDBOX,
  state: "answered",
  status: 200,
  atMs: 1,
  ...given,
});

export const issue = (blockedUrl: string, given: Partial<RawIssue> = {}): RawIssue => ({
  channel: "audits",
  directive: "connect-src",
  blockedUrl,
  code: null,
  place: null,
  role: "inner",
  count: 1,
  atMs: 1,
  ...given,
});

export const arrival = (url: string, given: Partial<RawArrival> = {}): RawArrival => ({
  channel: "boundary",
  url,
  method: "GET",
  dest: "empty",
  mode: "cors",
  answeredBy: "stub",
  status: 200,
  redirectTo: null,
  outsidePolicy: false,
  atMs: 1,
  ...given,
});
