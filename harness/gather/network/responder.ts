/** What the boundary answers for one run, and the log of what arrived. */
import { originOf } from "../../../host/csp/addresses.ts";
import { matchSourceList } from "../../../host/csp/matching.ts";
import { directiveSources } from "../../../host/csp/policy.ts";
import type { FramePlan } from "../../../host/emulator/bridge/types.ts";
import type { RawArrival, RawPreflight } from "../../model/raw-log.ts";
import type { Answerer } from "./answers.ts";
import { Quota } from "../../lib/quota.ts";
import { CodeStore } from "./arrived-code.ts";
import { preflightedMethod, preflightOf } from "./preflight.ts";
import type { ArrivedRequest, BoundaryAnswer, BoundaryHandlers } from "./boundary.ts";
import { directiveOfKind, kindOfDest } from "../../../host/csp/kinds.ts";

export interface ResponderInput {
  readonly plan: FramePlan;
  readonly topHtml: string;
  readonly stageScript: string;
  readonly stageScriptUrl: string;
  /** The widget's own policy, or null when the host sets none. */
  readonly innerPolicy: string | null;
  readonly answerer: Answerer;
  /** Answers what no declaration lets the widget frame: without the network and without what was recorded of it. */
  readonly answererWithin: Answerer;
  /** Nothing arrives but code. Default false. */
  readonly outage?: boolean;
  readonly cap: number;
  now(): number;
}

/** Also when the sandbox is of the same site, as a profile of the user may have it: the witness tells frames apart by process. */
const OWN_PROCESS = { "origin-agent-cluster": "?1" };
const HTML = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
const FRAMES = new Set(["iframe", "frame"]);
const NAVIGATIONS = new Set(["document", "iframe", "frame", "object", "embed"]);

const CODE = new Set(["script", "style", "worker", "sharedworker", "serviceworker", "audioworklet", "paintworklet"]);
const NOBODY = { by: "unreachable", answer: null } as const;
const reachedBy = (cutOff: boolean): "unreachable" | "stub" => (cutOff ? "unreachable" : "stub");

export class Responder implements BoundaryHandlers {
  readonly arrivals: RawArrival[] = [];
  /** What the browser asked of its own accord, ahead of a request. */
  readonly preflights: RawPreflight[] = [];
  /** Scripts and style sheets of the widget itself. */
  readonly code = new CodeStore();
  readonly #input: ResponderInput;
  readonly #quota: Quota;

  constructor(input: ResponderInput) {
    this.#input = input;
    this.#quota = new Quota(input.cap);
  }

  /** Arrivals that were not kept. */
  get dropped(): number {
    return this.#quota.dropped;
  }

  async request(request: ArrivedRequest): Promise<BoundaryAnswer | null> {
    const dest = String(request.headers["sec-fetch-dest"] ?? "");
    const own = this.#ownDocument(request, dest);
    if (own) return own;
    const onSandbox = request.url.startsWith(`${this.#input.plan.outerOrigin}/`);
    const outsidePolicy = !this.#isOfFramedPage(request) && this.#outsidePolicy(request.url, dest);
    const preflighted = preflightedMethod(request);
    if (preflighted !== null) return this.#answerPreflight(request, preflighted, outsidePolicy);
    const seen = {
      url: request.url,
      method: request.method,
      dest,
      mode: String(request.headers["sec-fetch-mode"] ?? ""),
    };
    if (outsidePolicy) {
      this.#note({ ...seen, answeredBy: "refused", status: 0, redirectTo: null, outsidePolicy: true });
      return null;
    }
    if (onSandbox) {
      this.#note({ ...seen, answeredBy: "sandbox-host", status: 404, redirectTo: null, outsidePolicy: false });
      return { status: 404, headers: HTML, body: "<!doctype html><title>Not found</title>" };
    }
    const { answerer, answererWithin } = this.#input;
    const { by, answer } = this.#isCutOff(dest)
      ? NOBODY
      : await (this.#mayBeFramed(request, dest) ? answerer : answererWithin).answer(request);
    if (!this.#isOfFramedPage(request)) this.code.note(request.url, dest, by, answer);
    const redirectTo = answer && redirectTarget(request.url, answer);
    const status = answer?.status ?? 0;
    this.#note({ ...seen, answeredBy: by, status, ...typeOf(answer), redirectTo, outsidePolicy: false });
    return answer;
  }

  async #answerPreflight(request: ArrivedRequest, method: string, refused: boolean): Promise<BoundaryAnswer | null> {
    const { by, answer } = await this.#preflightAnswer(request, refused);
    if (this.#quota.admits(`preflight ${by}`)) this.preflights.push(preflightOf(request, method, by, answer));
    return answer;
  }

  #preflightAnswer(request: ArrivedRequest, refused: boolean): ReturnType<Answerer["answer"]> {
    if (refused) return Promise.resolve({ by: "refused", answer: null });
    return this.#input.outage ? Promise.resolve(NOBODY) : this.#input.answerer.answer(request);
  }

  /** Without its code a widget could say nothing of an outage. */
  #isCutOff(dest: string): boolean {
    return this.#input.outage === true && !CODE.has(dest);
  }

  websocket(url: string): boolean {
    const outsidePolicy = this.#outsidePolicy(url, "websocket");
    const cutOff = !outsidePolicy && this.#isCutOff("websocket");
    this.#note({
      url,
      method: "GET",
      dest: "websocket",
      mode: "websocket",
      answeredBy: outsidePolicy ? "refused" : reachedBy(cutOff),
      status: outsidePolicy || cutOff ? 0 : 101,
      redirectTo: null,
      outsidePolicy,
    });
    return !outsidePolicy && !cutOff;
  }

  connect(): void {
    // A tunnel alone says nothing yet: Chromium opens one for requests that CSP then refuses.
  }

  #ownDocument(request: ArrivedRequest, dest: string): BoundaryAnswer | null {
    const { plan, topHtml, stageScript, stageScriptUrl } = this.#input;
    if (request.url === plan.topUrl && dest === "document")
      return { status: 200, headers: { ...HTML, ...OWN_PROCESS }, body: topHtml };
    if (request.url === stageScriptUrl && dest === "script")
      return { status: 200, headers: { "content-type": "text/javascript" }, body: stageScript };
    if (request.url === plan.outerUrl && dest === "iframe")
      return { status: 200, headers: { ...HTML, ...plan.outerHeaders }, body: plan.outerHtml };
    if (request.url === new URL("/favicon.ico", plan.topUrl).href) return { status: 204, headers: {}, body: "" };
    return null;
  }

  /** The browser lets through what the widget's policy forbids only when it comes from another document, as in `parent.fetch()`. */
  #outsidePolicy(url: string, dest: string): boolean {
    const { innerPolicy, plan } = this.#input;
    // Navigations of the widget's own frame are limited by no directive.
    if (innerPolicy === null || NAVIGATIONS.has(dest) || dest === "") return false;
    const directive = dest === "websocket" ? "connect-src" : directiveOfKind(kindOfDest(dest));
    if (!directive) return false;
    const sources = directiveSources(innerPolicy, directive);
    return (
      sources !== null &&
      !matchSourceList(sources, url, { self: plan.outerOrigin, redirected: this.#reachedByRedirect(url) }).allowed
    );
  }

  /** Its own frame, and frames beside it, the widget can send anywhere: no directive limits that, and nobody is to hear of it. */
  #mayBeFramed(request: ArrivedRequest, dest: string): boolean {
    const { innerPolicy, plan } = this.#input;
    if (innerPolicy === null || !FRAMES.has(dest) || this.#isOfFramedPage(request)) return true;
    const sources = directiveSources(innerPolicy, "frame-src");
    const redirected = this.#reachedByRedirect(request.url);
    return sources === null || matchSourceList(sources, request.url, { self: plan.outerOrigin, redirected }).allowed;
  }

  /** A framed page has a policy of its own. A document can hide where it asks from, and never name another's origin. */
  #isOfFramedPage({ headers }: ArrivedRequest): boolean {
    const from = originOf(String(headers.origin ?? headers.referer ?? ""));
    return (
      from !== this.#input.plan.outerOrigin &&
      this.arrivals.some(
        (arrival) => arrival.dest === "iframe" && arrival.answeredBy !== "refused" && originOf(arrival.url) === from,
      )
    );
  }

  #reachedByRedirect(url: string): boolean {
    return this.arrivals.some((arrival) => arrival.redirectTo === url);
  }

  #note(arrival: Omit<RawArrival, "channel" | "atMs">): void {
    const { url, answeredBy, dest, outsidePolicy } = arrival;
    if (this.#quota.admits([originOf(url), answeredBy, dest, outsidePolicy].join(" ")))
      this.arrivals.push({ channel: "boundary", ...arrival, atMs: this.#input.now() });
  }
}

function typeOf(answer: BoundaryAnswer | null): Pick<RawArrival, "mimeType"> {
  const mimeType = answer?.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return mimeType ? { mimeType } : {};
}

function redirectTarget(url: string, answer: BoundaryAnswer): string | null {
  const location = answer.headers.location;
  return answer.status >= 300 && answer.status < 400 && location && URL.canParse(location, url)
    ? new URL(location, url).href
    : null;
}
