/** The words for what is told as a tag: made here, at one edge, for results, reports and warnings alike. */
import type { NoResult, Note, NoteWithMessage, TagData } from "./tags.ts";

/** A template's `{name}`s replaced by the data; a name without data stays as written. */
export function fillTemplate(template: string, data: TagData): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(data, name) ? String(data[name]) : whole,
  );
}

/** What a run says beside its findings. */
export type RunNoteId =
  | "policy-of-another-profile"
  | "assumption"
  | "contested-same"
  | "contested-breaks"
  | "contested-works"
  | "contested-open"
  | "contested-unseen"
  | "invented-arguments"
  | "made-result"
  | "made-result-calls-off"
  | "stubbed"
  | "stubbed-in-runs"
  | "life"
  | "real-time"
  | "explored"
  | "not-explored"
  | "exploring-stopped"
  | "calls-not-made"
  | "calls-unanswered"
  | "console-messages-dropped"
  | "csp-violations-dropped"
  | "requests-dropped"
  | "arrivals-dropped"
  | "uncaught-errors-dropped"
  | "browser-messages-dropped"
  | "navigations-dropped"
  | "socket-frames-dropped"
  | "bridge-messages-dropped"
  | "bridge-violations-dropped"
  | "tool-calls-dropped"
  | "links-dropped"
  | "api-uses-dropped"
  | "storage-writes-dropped"
  | "records-dropped"
  | "cut"
  | "opened-by-widget"
  | "resources-left-out";
export type RunNote = NoteWithMessage<RunNoteId>;

const ADVICE_ON_STUBS = "the network is off. Add mocks, or record with --network live --record FILE.har.";

export const RUN_NOTES: Readonly<Record<RunNoteId, string>> = {
  "policy-of-another-profile": "No CSP was declared, so {applied} applies.",
  assumption: "Assumed {name}={value}.",
  "contested-same": "Contested: comes to the same either way of {name} ({assumed} is assumed).",
  "contested-breaks": "Contested: breaks if {name} is {other} ({assumed} is assumed).",
  "contested-works": "Contested: works if {name} is {other} ({assumed} is assumed).",
  "contested-open": "Contested: could not be decided if {name} is {other} ({assumed} is assumed).",
  "contested-unseen":
    "Contested: comes to something else if {name} is {other} ({assumed} is assumed); --assume {name}={other} shows what.",
  "invented-arguments":
    "Tool arguments were invented from the input schema; give a scenario with toolInput to choose them.",
  "made-result":
    "Tool {tool} was not called, and its result was made from its output schema: give toolInput or toolOutput in a scenario.",
  "made-result-calls-off":
    "Tool {tool} was not called, and its result was made from its output schema: give toolInput or toolOutput in a scenario, or allow calls with --allow-calls.",
  stubbed: `{requests} allowed request(s) got a neutral stub for an answer: ${ADVICE_ON_STUBS}`,
  "stubbed-in-runs": `{requests} allowed requests in {runs} runs got a neutral stub for an answer: ${ADVICE_ON_STUBS}`,
  life: "{seen} of {asked} of the widget's life were seen, and nothing new came for long: it repeats itself.",
  "real-time": "The widget waits for the clock in a loop, so that {seen} of its life were seen, in real time.",
  explored: "Tried {count}: {targets}.",
  "not-explored": "Could not do {count}, since something lies over it or it is out of view: {targets}.",
  "exploring-stopped": "Exploring stopped after {seconds} s: what is left was not tried.",
  "calls-not-made":
    'Exploring called {calls}, which was not carried out, since it does not say that it only reads (annotations.readOnlyHint): give the scenario a "tools" entry to see what follows.',
  "calls-unanswered":
    'Exploring called {calls}, for which there is no server: give the scenario a "tools" entry to see what follows.',
  "console-messages-dropped": "{dropped} more kinds of console message were counted and not kept (limit {limit}).",
  "csp-violations-dropped": "{dropped} more kinds of CSP violation were counted and not kept (limit {limit}).",
  "requests-dropped": "{dropped} more requests were counted and not kept (limit {limit}).",
  "arrivals-dropped": "{dropped} more arrivals were counted and not kept (limit {limit}).",
  "uncaught-errors-dropped": "{dropped} more kinds of uncaught error were counted and not kept (limit {limit}).",
  "browser-messages-dropped": "{dropped} more messages of the browser were counted and not kept (limit {limit}).",
  "navigations-dropped": "{dropped} more navigations were counted and not kept (limit {limit}).",
  "socket-frames-dropped": "{dropped} more frames sent over sockets were counted and not kept (limit {limit}).",
  "bridge-messages-dropped": "{dropped} more messages over the bridge were counted and not kept (limit {limit}).",
  "bridge-violations-dropped": "{dropped} more faults of messages were counted and not kept (limit {limit}).",
  "tool-calls-dropped": "{dropped} more tool calls were counted and not kept (limit {limit}).",
  "links-dropped": "{dropped} more links were counted and not kept (limit {limit}).",
  "api-uses-dropped": "{dropped} more kinds of API use were counted and not kept (limit {limit}).",
  "storage-writes-dropped": "{dropped} more writes to storage were counted and not kept (limit {limit}).",
  "records-dropped": "{dropped} more records were counted and not kept (limit {limit}).",
  "opened-by-widget":
    "No tool names this resource: it was shown alone, as a widget opens it (requestModal), without input and result. Scenarios under its URI give it some.",
  "resources-left-out":
    "{count} more UI resources that no tool names were left out, {uri} first: name them as targets to check them.",
  cut: "{part} is nested more than {levels} levels deep: the widget was given it without what lies deeper.",
};

export const runNote = ({ id, data }: Note<RunNoteId>): RunNote => ({
  id,
  data,
  message: fillTemplate(RUN_NOTES[id], data),
});

const AT_WORK = "Give toolInput, or toolOutput, in a scenario to see the widget at work.";
const CHOSEN = {
  invented: "arguments that Sandglass invented",
  "schema-defaults": "the defaults of its schema",
} as const;

export const NO_RESULT = {
  destructive:
    "Tool {tool} was not called, because it says, or its name does, that it destroys: give toolInput, or toolOutput, in a scenario.",
  "not-read-only":
    "Tool {tool} was not called, because it does not say that it only reads (annotations.readOnlyHint): give toolInput, or toolOutput, in a scenario, or allow calls with --allow-calls.",
  "answered-error":
    'Tool {tool} answered scenario "{scenario}" with an error: {error}. If that is meant, write it as isError and content.',
  failed: `Tool {tool} failed with {given}: {error}. ${AT_WORK}`,
  refused: `Tool {tool} refused {given}: {error}. ${AT_WORK}`,
};

/** A sentence for people: why the widget was not given a result. */
export function noResultMessage(noResult: NoResult): string {
  if (noResult.reason === "not-called") return fillTemplate(NO_RESULT[noResult.because], { tool: noResult.tool });
  if (noResult.reason === "answered-error") {
    const { tool, scenario, error } = noResult;
    return fillTemplate(NO_RESULT["answered-error"], { tool, scenario, error });
  }
  const { reason, tool, argumentsFrom, error } = noResult;
  return fillTemplate(NO_RESULT[reason], { tool, given: CHOSEN[argumentsFrom], error });
}
