import { defineCheck, failOrPass, WHOLE_TRIALS, type Outcome, type RawFinding } from "../define-check.ts";
import type { AnswerFault, NetworkAttempt, RequestKind } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { channelOf, groupBy, total } from "../shared/evidence.ts";
import { failureOf, type LoadFailure } from "../shared/loads.ts";

type Message = LoadFailure | "broken-picture";
type Reason = "broken-picture" | "only-here";

/** What a widget is made of stops it, what it shows does not; what code asks for itself, code can do without. */
const SEVERITY: Readonly<Partial<Record<RequestKind, Severity>>> = {
  script: "error",
  stylesheet: "error",
  worker: "error",
  frame: "error",
  object: "error",
  font: "warning",
  image: "warning",
  media: "warning",
  track: "warning",
  manifest: "info",
  fetch: "warning",
  xhr: "warning",
  eventsource: "warning",
};
/** Code sees the status itself: an honest widget asks, is refused, and goes on. */
const READS_STATUS: ReadonlySet<RequestKind> = new Set(["fetch", "xhr", "eventsource"]);
const PICTURES: ReadonlySet<RequestKind> = new Set(["image", "media"]);
/** What a server says to one who is not known, or asks too often, it may not say to a user. */
const PERSONAL: ReadonlySet<number> = new Set([401, 403, 407, 408, 425, 429, 500, 502, 503, 504]);
/** Nearer to each other than this, in one line, two requests are of one piece of code, characters. */
const NEAR = 200;

export default defineCheck({
  id: "network/failed-load",
  title: "What the widget loads arrives",
  severity: "error",
  needs: ["network", "document"],
  messages: {
    status: "{url} ({kind}) is answered with status {status} and does not load ({count}×).",
    type: "{url} ({kind}) is answered as {type}, which the browser does not take for a {kind} ({count}×). A page that a server gives for every address looks like this.",
    integrity:
      "{url} ({kind}) is not what its integrity attribute says, and the browser does not use it ({count}×). Write the digest of what is there now, or name a version that does not change.",
    framing:
      "{url} refuses to be framed (X-Frame-Options, or frame-ancestors of its policy), so its frame stays empty ({count}×). Its server has to name {sandbox} and the host's page, or the widget has to do without.",
    format: "{url} (font) is no font that the browser can read ({count}×).",
    "same-origin":
      "{url} can load from the widget's own origin alone, whatever is declared: <use>, filter, mask and the like take nothing from another ({count}×). Put it into the document.",
    network: "{url} ({kind}) fails: {error} ({count}×).",
    "broken-picture": "{url} ({kind}) does not load ({error}), and stands broken on the screen ({count}×).",
  } satisfies Record<Message, string>,
  reasons: {
    "broken-picture":
      "{url} does not load ({error}), and stands broken on the screen: whether the widget can do without it has to be looked at",
    "only-here":
      "{url} was answered with status {status}, which may be so for this machine alone: what the widget does with it was not seen",
  },
  source:
    "https://html.spec.whatwg.org/multipage/scripting.html#the-script-element (a failed fetch runs nothing); https://www.rfc-editor.org/rfc/rfc7034 (X-Frame-Options); https://svgwg.org/svg2-draft/linking.html#processingURL",
  // In an outage nothing loads.
  inTrials: WHOLE_TRIALS.filter((trial) => trial !== "outage"),
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ network, document }): Outcome<Message, Reason> {
    const broken = new Set((document.broken ?? []).map(({ url }) => url));
    const failed = network.filter((attempt) => failureOf(attempt) !== null);
    const here = failed.find(isOnlyHere);
    const findings = groupBy(
      failed.filter((attempt) => !isOnlyHere(attempt)),
      keyOf,
    ).map((group) => findingFor(group, { network, broken, sandbox: document.origin }));
    if (findings.some(({ severity }) => severity === "error")) return failOrPass(findings);
    const picture = findings.find(({ messageId }) => messageId === "broken-picture");
    if (picture) {
      const { url = null, error = null } = picture.data;
      return { outcome: "review", reason: { id: "broken-picture", data: { url, error } }, findings };
    }
    if (here)
      return {
        outcome: "review",
        reason: { id: "only-here", data: { url: here.url, status: here.status ?? null } },
        findings,
      };
    return failOrPass(findings);
  },
});

const keyOf = (attempt: NetworkAttempt): string => `${attempt.kind} ${attempt.url} ${failureOf(attempt)}`;

const isOnlyHere = ({ answeredBy, status = 0, kind }: NetworkAttempt): boolean =>
  answeredBy === "live" && PERSONAL.has(status) && !READS_STATUS.has(kind);

interface Around {
  readonly network: readonly NetworkAttempt[];
  /** Addresses of pictures that stand broken on the screen. */
  readonly broken: ReadonlySet<string>;
  readonly sandbox: string;
}

function findingFor(
  group: readonly [NetworkAttempt, ...NetworkAttempt[]],
  { network, broken, sandbox }: Around,
): RawFinding<Message> {
  const [first] = group;
  const failure = failureOf(first) ?? "network";
  const stands = PICTURES.has(first.kind) && broken.has(first.url);
  const where = group.find((attempt) => attempt.where)?.where;
  return {
    messageId: stands ? "broken-picture" : failure,
    data: {
      url: first.url,
      origin: first.origin,
      kind: first.kind,
      count: total(group),
      status: first.status ?? null,
      type: first.mimeType ?? "another type",
      error: wordsOf(first, failure),
      sandbox,
    },
    identity: ["url", "kind"],
    channel: channelOf(group.flatMap(({ channels }) => channels)),
    severity: hasSubstitute(first, network) ? "warning" : severityOf(first, failure),
    ...(where ? { where } : {}),
  };
}

function severityOf({ kind, error = "" }: NetworkAttempt, failure: LoadFailure): Severity {
  return failure === "same-origin" || NEVER_SENT.test(error) ? "error" : (SEVERITY[kind] ?? "warning");
}

/** No browser sends it, whatever the server: Chromium's word for a port that is another protocol's. */
const NEVER_SENT = /\bERR_UNSAFE_PORT\b/;

const FAULTS: Readonly<Record<AnswerFault, string>> = {
  type: "an answer of another type",
  integrity: "its digest is another",
  framing: "it refuses to be framed",
  format: "it cannot be read",
};

function wordsOf({ fault, status, error }: NetworkAttempt, failure: LoadFailure): string {
  if (failure === "status") return `status ${status ?? 0}`;
  return fault ? FAULTS[fault] : (error ?? "no answer");
}

/** The code went on to another copy, from another address, and that one came. */
function hasSubstitute(failed: NetworkAttempt, network: readonly NetworkAttempt[]): boolean {
  return network.some(
    (other) =>
      other.kind === failed.kind &&
      other.url !== failed.url &&
      other.outcome === "allowed" &&
      failureOf(other) === null &&
      (other.atMs ?? 0) >= (failed.atMs ?? 0) &&
      (isCopyOf(other.url, failed.url) || isAskedBeside(failed, other)),
  );
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);
const fileOf = (url: string): string => pathOf(url).split("/").at(-1) ?? "";

/** Of the same path elsewhere, or of the same name where that name tells which file it is. */
const isCopyOf = (other: string, failed: string): boolean =>
  fileOf(failed) !== "" &&
  fileOf(other) === fileOf(failed) &&
  (pathOf(other) === pathOf(failed) || isTelling(fileOf(failed)));

/** A name that any package may give its file says nothing of which it is. */
const isTelling = (file: string): boolean =>
  !/^(?:index|main|app|style|styles|bundle|vendor|client|script)(?:\.min)?\.\w+$/i.test(file);

/** `import(a).catch(() => import(b))`: not two elements of the markup, which stand in lines of their own. */
function isAskedBeside({ where: a }: NetworkAttempt, { where: b }: NetworkAttempt): boolean {
  if (a?.line === undefined || b?.line === undefined || a.url !== b.url || a.line !== b.line) return false;
  const between = (b.column ?? 0) - (a.column ?? 0);
  return between > 0 && between < NEAR && /\bimport\b|\bcatch\b|onerror/.test(a.excerpt ?? "");
}
