/** Collects what one live rendering did, capped: a flood costs a number and no memory. Holds raw values, to be sealed. */
import { directiveOfKind, kindOfDest } from "../../../host/csp/kinds.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources, innerPolicy } from "../../../host/csp/policy.ts";
import type { LiveRecord, ProbeRecord, SilenceRecord } from "../../../host/server/live-records.ts";
import type { Arrival, PolicyReport, StageAnswer } from "../../../host/server/types.ts";
import type { Scannable, UnsealedLog } from "../../gather/trial/seal.ts";
import { BridgeLog } from "../../gather/witness/bridge-log.ts";
import { Tally } from "../../gather/witness/run-log.ts";
import type { GivenFacts, RawArrival, RawIssue, RawMessage, RawScript } from "../../model/raw-log.ts";
import { countsFromScript, nearOf, placeTold } from "./places.ts";
import { departureOf, rehosted, requestsOf, type At, type Probe } from "./requests.ts";

/** Records kept of a kind. */
const KIND_LIMIT = 1000;
/** Records of one rendering, and their size as JSON in characters; more are counted. */
const RECORD_LIMIT = 10_000;
const SIZE_LIMIT = 16_000_000;
/** Silence after which a widget counts as hung, milliseconds. */
const HUNG_MS = 8000;

type Counted<T extends { readonly count: number }> = Omit<T, "count"> & { count: number };

export class LiveCollector {
  readonly bridge = new BridgeLog(KIND_LIMIT, () => this.#atMs);
  readonly #issues = new Tally<Counted<RawIssue>>(KIND_LIMIT);
  readonly #messages = new Tally<Counted<RawMessage>>(KIND_LIMIT);
  readonly #resources = new Map<string, At<Probe<"resource">>>();
  readonly #arrivals: { readonly arrival: Arrival; readonly at: number }[] = [];
  readonly #reports: PolicyReport[] = [];
  #dropped = { requests: 0, arrivals: 0 };
  #measure: Probe<"ready"> | null = null;
  #leaving: At<Probe<"leaving">> | null = null;
  #silentMs = 0;
  #atMs = 0;
  #began = performance.now();
  #records = 0;
  #size = 0;
  #userAgent = "";

  constructor(private readonly stage: StageAnswer) {}

  /** Before the document has been looked at there is nothing to judge. */
  get canBeJudged(): boolean {
    return this.#measure !== null || this.#leaving !== null || this.#silentMs > 0;
  }

  get userAgent(): string {
    return this.#userAgent;
  }

  /** @param userAgent of the browser that the page runs in */
  add(records: readonly LiveRecord[], userAgent: string): void {
    this.#userAgent = userAgent;
    const last = records.at(-1)?.atMs ?? 0;
    this.#began = Math.min(this.#began, performance.now() - last);
    for (const record of records) this.#addOne(record);
  }

  /** Records that were refused or not kept. */
  drop(count: number): void {
    if (count > 0) this.bridge.add({ type: "dropped", count });
  }

  arrived(arrival: Arrival): void {
    if (this.#arrivals.length < KIND_LIMIT) this.#arrivals.push({ arrival, at: performance.now() });
    else this.#dropped.arrivals++;
  }

  reported(report: PolicyReport): void {
    if (this.#reports.length < KIND_LIMIT) this.#reports.push(report);
    else this.drop(1);
  }

  log(given: GivenFacts, scripts: Readonly<Record<string, RawScript>>): UnsealedLog {
    const issues = this.#issues.values;
    const document = this.#measure;
    return rehosted(
      {
        stage: "live",
        channels: ["page", "boundary", "report-uri"],
        requests: [
          ...requestsOf([...this.#resources.values()], this.#toldApart(issues)),
          ...(this.#leaving ? [departureOf(this.#leaving)] : []),
        ],
        issues: [...issues, ...this.#reportIssues(issues)],
        sockets: [],
        preflights: [],
        messages: this.#messages.values,
        navigations: [],
        downloads: [],
        arrivals: this.#arrivals.map((one) => this.#arrivalOf(one)),
        apiUses: this.bridge.apiUses.map((use) => ({
          ...use,
          places: countsFromScript(this.#userAgent) ? use.places : [],
        })),
        bridge: this.bridge.snapshot(),
        departure: this.#leaving ? { url: this.#leaving.url || "about:unknown", how: "navigate" } : null,
        refresh: null,
        document: {
          ended: this.#ended,
          loaded: document !== null && document.readyState !== "loading",
          probe: document,
          paintedShare: null,
          pendingTimers: 0,
          life: null,
          observed: document !== null || this.#silentMs >= HUNG_MS,
        },
        acts: { steps: [], failed: null, explored: [], exploringStoppedAfterMs: null },
        given,
        scripts,
        limit: KIND_LIMIT,
        dropped: {
          ...this.bridge.droppedRecords,
          messages: this.#messages.dropped,
          issues: this.#issues.dropped,
          ...this.#dropped,
        },
      },
      { here: this.stage.boot.frame.outerOrigin, hosted: this.stage.hostedOrigin },
    );
  }

  /** What left the widget, for the scanner. */
  scannables(): Scannable[] {
    const urls = [
      ...this.#issues.values.map(({ blockedUrl }) => blockedUrl),
      ...this.#resources.keys(),
      ...this.#arrivals.map(({ arrival }) => arrival.url),
    ];
    return [
      ...this.bridge.sent,
      ...[...new Set(urls)]
        .filter((url) => /^(https?|wss?):/.test(url) && URL.canParse(url))
        .map((url): Scannable => ({
          carrier: "request",
          text: url,
          sink: new URL(url).origin,
          where: { url: "request" },
        })),
      ...this.#messages.values
        .filter(({ origin }) => origin === "console")
        .map(({ text }): Scannable => ({ carrier: "console", text })),
      ...this.bridge.storage.map(({ name, value }): Scannable => ({ carrier: "storage", text: value, sink: name })),
    ];
  }

  #addOne({ atMs, channel, record }: LiveRecord): void {
    this.#size += JSON.stringify(record).length;
    if (++this.#records > RECORD_LIMIT || this.#size > SIZE_LIMIT) {
      // The last word on the document is kept, however much was said before.
      if (channel === "bridge" || !["ready", "leaving", "silence"].includes(record.type)) {
        this.drop(1);
        return;
      }
    }
    this.#atMs = Math.max(0, Math.round(atMs));
    if (channel === "probe") this.#probed(record);
    else {
      this.bridge.add(record);
      const { value } = record as { readonly value?: unknown };
      if (record.type === "api-use" && typeof value === "string") this.bridge.addStorage(record.api, value);
    }
  }

  #probed(record: ProbeRecord | SilenceRecord): void {
    // The record's type is the handler's key; the compiler does not follow both at once.
    (this.#handlers[record.type] as (record: ProbeRecord | SilenceRecord) => void)(record);
  }

  readonly #handlers: {
    readonly [T in ProbeRecord["type"]]: (record: Probe<T>) => void;
  } & { readonly silence: (record: SilenceRecord) => void } = {
    violation: (record) => this.#addViolation(record),
    resource: (record) => this.#addResource(record),
    error: (record) => this.#addMessage(record),
    handled: ({ text }) => this.#messages.subtract((one) => one.origin === "exception" && one.text === text),
    leaving: (record) => (this.#leaving = { ...record, atMs: this.#atMs }),
    ready: (record) => (this.#measure = record),
    dropped: ({ count }) => this.drop(count),
    silence: ({ ms }) => (this.#silentMs = ms),
  };

  #addViolation({ blockedUrl, directive, disposition, sourceFile, line, column }: Probe<"violation">): void {
    if (disposition !== "enforce") return;
    const key = [directive, blockedUrl, sourceFile, line, column].join(" ");
    this.#issues.add(key, () => ({
      channel: "page",
      directive,
      ...blockedOf(blockedUrl),
      place: this.#place({ sourceFile, line, column }, nearOf(directive)),
      role: "inner",
      count: 1,
      atMs: this.#atMs,
    }));
  }

  #addResource(record: Probe<"resource">): void {
    if (/^(data|blob|about):/.test(record.url) || this.#isOfDevServer(record.url)) return;
    // The sandbox's own server tells of what it was asked.
    if (record.url.startsWith(`${this.stage.boot.frame.outerOrigin}/`)) return;
    if (this.#resources.size < KIND_LIMIT) this.#resources.set(record.url, { ...record, atMs: this.#atMs });
    else this.#dropped.requests++;
  }

  #addMessage({ level, text, origin, sourceFile, line, column }: Probe<"error">): void {
    this.#messages.add([level, origin, text, line, column].join(" "), () => ({
      channel: "page",
      level,
      text,
      place: this.#place({ sourceFile, line, column }),
      role: "inner",
      origin,
      count: 1,
    }));
  }

  #place(told: Parameters<typeof placeTold>[0], near: readonly string[] = []) {
    return countsFromScript(this.#userAgent) ? placeTold(told, near) : null;
  }

  get #ended(): "navigated-away" | "hung" | "settled" {
    if (this.#leaving) return "navigated-away";
    return this.#silentMs >= HUNG_MS ? "hung" : "settled";
  }

  /** Addresses of which another channel tells. */
  #toldApart(issues: readonly { readonly blockedUrl: string }[]): ReadonlySet<string> {
    return new Set([
      ...issues.map(({ blockedUrl }) => blockedUrl),
      ...this.#arrivals.map(({ arrival }) => arrival.url),
    ]);
  }

  /** What only the outer policy's reports tell. */
  #reportIssues(issues: readonly { readonly blockedUrl: string }[]): RawIssue[] {
    return this.#reports
      .filter(({ blockedUrl }) => !issues.some((issue) => issue.blockedUrl === blockedUrl))
      .map(({ blockedUrl, directive }) => ({
        channel: "report-uri",
        directive,
        ...blockedOf(blockedUrl),
        place: null,
        role: "inner",
        count: 1,
        atMs: 0,
      }));
  }

  #arrivalOf({ arrival, at }: { readonly arrival: Arrival; readonly at: number }): RawArrival {
    const { url, method, dest, mode, by, status, cors } = arrival;
    return {
      channel: "boundary",
      url,
      method,
      // A fetch has no destination.
      dest: dest || "empty",
      mode,
      answeredBy: by,
      status,
      redirectTo: null,
      outsidePolicy: by !== "sandbox-host" && this.#isOutside(kindOfDest(dest || "empty"), url),
      ...(cors ? { unreadable: { ...cors, requestOrigin: this.stage.hostedOrigin } } : {}),
      atMs: Math.max(0, Math.round(at - this.#began)),
    };
  }

  /** The widget's own policy would not have let it through: it went by another document. */
  #isOutside(kind: ReturnType<typeof kindOfDest>, url: string): boolean {
    const inner = innerPolicy(this.stage.policy.effective)?.value;
    const directive = directiveOfKind(kind);
    const sources = inner === undefined || directive === null ? null : directiveSources(inner, directive);
    const self = this.stage.boot.frame.outerOrigin;
    return sources !== null && !matchSourceList(sources, url, { self, redirected: true }).allowed;
  }

  #isOfDevServer(url: string): boolean {
    return URL.canParse(url) && this.stage.devServers.includes(new URL(url).origin.replace(/^ws/, "http"));
  }
}

/** Browsers name code by a word in the place of an address. */
function blockedOf(blockedUrl: string): Pick<RawIssue, "blockedUrl" | "code"> {
  if (blockedUrl === "inline") return { blockedUrl: "", code: "inline" };
  if (/^(wasm-)?eval$/.test(blockedUrl)) return { blockedUrl: "", code: "eval" };
  return { blockedUrl, code: null };
}
