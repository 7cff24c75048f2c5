/** What a headless run collected, as a log to be sealed, and what of it is to be scanned. */
import { originOf } from "../../../host/csp/addresses.ts";
import type { FramePlan } from "../../../host/emulator/bridge/types.ts";
import type { RawDocument, RawPlace, RawRequest, RawScript } from "../../model/raw-log.ts";
import { defined } from "../../model/defined.ts";
import type { Cut } from "../../model/tags.ts";
import { sourceName, type Scenario, type SecondResult, type Widget } from "../../model/widget.ts";
import type { SourceText } from "../../model/join-context.ts";
import { excerptOf } from "../../model/lines.ts";
import { indexOf } from "../artifacts/source-index.ts";
import type { Responder } from "../network/responder.ts";
import type { BridgeLog } from "../witness/bridge-log.ts";
import { callsShown, scriptKey, type RunLog, type SeenPlace, type SeenRequest } from "../witness/run-log.ts";
import { nameToShow } from "../witness/script-names.ts";
import type { ActReport } from "./act.ts";
import { coverageRecordsOf } from "./coverage.ts";
import { givenFactsOf } from "./given.ts";
import type { Scannable, UnsealedLog } from "./seal.ts";

export interface Collectors {
  readonly log: RunLog;
  readonly bridge: BridgeLog;
  readonly responder: Responder;
  readonly acted: ActReport;
  readonly ending: RawDocument;
}

export interface Rendered {
  readonly document: SourceText;
  readonly frame: FramePlan;
  readonly scenario: Scenario;
  /** What the widget was given otherwise than the server sent it. */
  readonly cuts: readonly Cut[];
  /** With other trials. */
  readonly compared: boolean;
}

export function collect({ log, bridge, responder, acted, ending }: Collectors, rendered: Rendered): UnsealedLog {
  const scripts = new ScriptTable(log, rendered);
  const withPlace = <T extends { readonly place: SeenPlace | null }>(record: T): T & { place: RawPlace | null } => ({
    ...record,
    place: scripts.placeOf(record.place),
  });
  const bridgeLog = bridge.snapshot();
  return {
    stage: "virtual",
    channels: ["audits", "log", "network", "page-event", "boundary", "page"],
    requests: [...log.requests.values()].map((request) => withoutBody(withPlace(request))),
    issues: log.issues.values.map(withPlace),
    sockets: log.sockets.map(withPlace),
    messages: log.allMessages.map(withPlace),
    navigations: log.navigations.values.map(({ frameId: _frameId, ...navigation }) => navigation),
    downloads: log.downloads.values,
    arrivals: responder.arrivals,
    preflights: responder.preflights,
    apiUses: bridge.apiUses.map((use) => ({ ...use, places: use.places.map((place) => scripts.ofStack(place)) })),
    bridge: bridgeLog,
    departure: log.departure,
    refresh: log.refresh,
    document: {
      ...(rendered.compared ? ending : withoutShown(ending)),
      ...(log.hungIn.length > 0 && ending.ended === "hung"
        ? { hungIn: callsShown(log.hungIn).map(({ name, place }) => ({ name, place: scripts.placeOf(place) })) }
        : {}),
    },
    acts: {
      steps: acted.steps,
      failed: acted.failed,
      explored: acted.explored,
      ...defined({ before: acted.before, held: acted.held, after: acted.after }),
      exploringStoppedAfterMs: acted.exploringStoppedAfterMs,
      ...(acted.pressable === null ? {} : { pressable: acted.pressable }),
      ...(acted.exploringEnded === null ? {} : { exploringEnded: acted.exploringEnded }),
    },
    ...(acted.expected === null ? {} : { expected: acted.expected }),
    given: givenFactsOf(rendered.scenario, rendered.cuts, {
      withLeaves: bridgeLog.reads !== null && bridgeLog.handshake !== "initialized",
      withWords: rendered.compared,
    }),
    scripts: scripts.table,
    ...coverageOf(log, responder, rendered),
    limit: log.cap,
    dropped: {
      ...bridge.droppedRecords,
      messages: log.messages.dropped,
      exceptions: log.exceptions.dropped,
      browserMessages: log.browserMessages.dropped,
      issues: log.issues.dropped,
      requests: log.requestQuota.dropped,
      navigations: log.navigations.dropped,
      arrivals: responder.dropped,
      socketFrames: log.droppedFrames,
    },
  };
}

function coverageOf(
  { coverage, scripts }: RunLog,
  responder: Responder,
  { document, frame }: Rendered,
): Pick<UnsealedLog, "coverage"> {
  if (coverage.length === 0) return {};
  const texts = {
    html: indexOf(document).html,
    outerHtml: frame.outerHtml,
    sandboxOrigin: frame.outerOrigin,
    scripts,
    arrived: new Map(responder.code.texts.map(({ name, code }) => [name, code])),
  };
  return { coverage: coverageRecordsOf(coverage, texts) };
}

/** Words are kept where they are compared. */
function withoutShown({ rest: _rest, ...ending }: RawDocument): RawDocument {
  if (!ending.probe) return ending;
  const { shown: _shown, ...probe } = ending.probe;
  return { ...ending, probe };
}

function withoutBody({
  postData: _postData,
  headerText: _headerText,
  ...request
}: Omit<SeenRequest, "place"> & { readonly place: RawPlace | null }): RawRequest {
  return request;
}

/** Scripts under short keys, by where their text stands. */
class ScriptTable {
  readonly table: Record<string, RawScript> = {};
  readonly #keys = new Map<string, string | null>();
  readonly #log: RunLog;
  readonly #html: string;
  readonly #outerHtml: string;
  readonly #selfNames: ReadonlySet<string>;

  constructor(log: RunLog, { document, frame }: Rendered) {
    this.#log = log;
    this.#html = indexOf(document).html;
    this.#outerHtml = frame.outerHtml;
    this.#selfNames = new Set(log.selfNamed.values());
    for (const { session, scriptId } of log.inlineScripts) this.#keyOf(scriptKey(session, scriptId), true);
  }

  placeOf(place: SeenPlace | null): RawPlace | null {
    if (!place) return null;
    const { line, column, session, scriptId } = place;
    if (session === undefined || scriptId === undefined) return { url: place.url, line, column };
    const seen = scriptKey(session, scriptId);
    const url = this.#log.selfNamed.has(seen) ? nameToShow(place.url) : place.url;
    const key = this.#keyOf(seen, false);
    if (key === null) return { url, line, column };
    const isElsewhere = this.table[key]?.offset === null;
    const text = isElsewhere ? excerptOf(this.#log.scripts.get(seen)?.split("\n")[line] ?? "", column) : "";
    return { url, line, column, script: key, ...(text ? { excerpt: text } : {}) };
  }

  /** A stack names no script: what one of the run's scripts calls itself is not believed of any. */
  ofStack(place: RawPlace): RawPlace {
    return this.#selfNames.has(place.url) ? { ...place, url: nameToShow(place.url) } : place;
  }

  #keyOf(seen: string, inline: boolean): string | null {
    const known = this.#keys.get(seen);
    if (known !== undefined) return known;
    const source = this.#log.scripts.get(seen);
    // The sandbox document writes the widget's: what the parser finds there seems to come from its script.
    if (source === undefined || this.#outerHtml.includes(source)) {
      this.#keys.set(seen, null);
      return null;
    }
    const key = String(Object.keys(this.table).length + 1);
    const offset = source === "" ? -1 : this.#html.indexOf(source);
    this.table[key] = { offset: offset === -1 ? null : offset, length: source.length, inline };
    this.#keys.set(seen, key);
    return key;
  }
}

/** Everything that the widget was given and that left it, in the order in which secrets become known. */
export function scannablesOf(
  { log, bridge }: Pick<Collectors, "log" | "bridge">,
  widget: Widget,
  scenario: Scenario,
  delivered: readonly SecondResult[] = [],
): Scannable[] {
  const { toolInput, toolOutput, content, _meta, widgetState, again } = scenario;
  return [
    { carrier: "toolInput", value: toolInput },
    { carrier: "toolOutput", value: toolOutput },
    { carrier: "content", value: content },
    { carrier: "_meta", value: _meta },
    { carrier: "widgetState", value: widgetState },
    { carrier: "toolOutput", value: again?.toolOutput },
    { carrier: "content", value: again?.content },
    { carrier: "_meta", value: again?._meta },
    ...delivered.flatMap((result): Scannable[] => [
      { carrier: "toolOutput", value: result.toolOutput },
      { carrier: "content", value: result.content },
      { carrier: "_meta", value: result._meta },
    ]),
    { carrier: "html", text: widget.html, where: { url: sourceName(widget) } },
    ...Object.entries(widget.sourceMaps ?? {}).map(([url, text]): Scannable => ({
      carrier: "source-map",
      text,
      where: { url },
    })),
    ...bridge.sent,
    ...[...log.requests.values()]
      .filter(({ role, url }) => role !== "top" && !/^(data|blob|about):/.test(url))
      .map(({ url, headerText = "", postData = "" }) => sentTo(url, `${url}\n${headerText}\n${postData}`)),
    // A blocked fetch never becomes a request: its address is all there is, and it was about to leave.
    ...log.issues.values
      .filter(({ blockedUrl }) => /^(https?|wss?):/.test(blockedUrl))
      .map(({ blockedUrl }) => sentTo(blockedUrl, blockedUrl)),
    ...log.frames.map(({ url, text }) => sentTo(url, text)),
    ...log.messages.values
      .filter(({ origin }) => origin === "console")
      .map(({ text }): Scannable => ({ carrier: "console", text })),
    ...bridge.storage.map(({ name, value }): Scannable => ({ carrier: "storage", text: value, sink: name })),
  ];
}

const sentTo = (url: string, text: string): Scannable => ({
  carrier: "request",
  text,
  sink: URL.canParse(url) ? originOf(url) : "",
  where: { url: "request" },
});
