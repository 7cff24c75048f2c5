/** How a finding that is about no request came to be: about an API, a message, a declared entry, a value, the screen. */
import type { ApiUse, BridgeEvidence, Evidence, Where } from "../../../harness/model/evidence.ts";
import type { DirectiveRow, Finding, WidgetRun } from "../../../harness/model/result.ts";
import { innerPolicy } from "../../csp/policy.ts";
import type { FramePlan } from "../../emulator/bridge/types.ts";

/** What a chain is read from. */
export interface ChainFrom {
  readonly run: WidgetRun;
  /** Of this page's rendering: what went over its bridge, and what it shows. */
  readonly evidence: Evidence | null;
  readonly frame: Pick<FramePlan, "innerSandbox" | "outerAllow"> | null;
}

/** In the order of what happens. */
export const LABELS = ["Declared", "In force", "Asked for", "Answer", "What the user sees"] as const;
export type Label = (typeof LABELS)[number];

type Texts = Partial<Record<Label, string>>;
type KindOf = (check: string, finding: Finding, from: ChainFrom) => Texts | null;

const ARGUMENT_CHARACTERS = 200;

const placeOf = (where: Where | undefined): string => {
  const place = where ? [where.file ?? where.url, where.line].filter((part) => part !== undefined).join(":") : "";
  return place === "" ? "" : ` at ${place}`;
};
const times = (count: number): string => (count > 1 ? `, ${count} times` : "");
const cut = (value: unknown): string => {
  const text = JSON.stringify(value) as string | undefined;
  return (text ?? "").slice(0, ARGUMENT_CHARACTERS);
};

/** Sandbox and permissions are the host's: no entry of a widget changes them. */
const ofApi: KindOf = (_check, { data, where }, { run, frame }) => {
  const named = run.apiUses.filter(({ api }) => api === data.api);
  const use = named.find((one) => one.where?.line === where?.line) ?? named[0];
  if (!use) return null;
  return {
    Declared: "nothing: what its frame may do is for the host to say",
    "In force": frame ? `sandbox="${frame.innerSandbox}", allow="${frame.outerAllow}"` : "the host’s sandbox",
    "Asked for": `${use.api}${times(use.count)}${placeOf(use.where)}, by its ${use.initiator}`,
    Answer: answerTo(use),
  };
};

const answerTo = ({ returned, blocked }: ApiUse): string =>
  `the code got back ${returned}${blocked ? ": the host does not let it do its work" : ""}`;

const ofToolCall: KindOf = (check, { data }, { evidence }) => {
  const bridge = bridgeIn(evidence);
  const call = bridge?.toolCalls.find(({ name }) => name === data.name);
  if (check !== "bridge/tool-call" || !bridge || !call) return null;
  const request = bridge.messages.find(
    ({ direction, kind, payload }) => direction === "to-host" && kind === "request" && cut(payload).includes(call.name),
  );
  return {
    Declared: (call.refusal && REFUSED[call.refusal]) ?? `the server has the tool ${call.name}`,
    "In force": "the host hands on calls of tools that are visible to apps",
    "Asked for": request ? `${request.method} ${cut(request.payload)}` : `a call of ${call.name}`,
    Answer: [call.outcome, call.detail].filter(Boolean).join(": "),
  };
};

const REFUSED: Partial<Record<NonNullable<BridgeEvidence["toolCalls"][number]["refusal"]>, string>> = {
  "unknown-tool": "the server lists no tool of that name",
  "not-visible": "the server’s tool is visible to the model alone",
  "no-server": "no server: the widget was loaded from files",
};

/** A message that breaks a rule of the protocol, and what the host said to it. */
const ofMessage: KindOf = (check, { messageId }, { evidence }) => {
  const bridge = check.startsWith("bridge/") ? bridgeIn(evidence) : null;
  const broken = bridge?.violations.find(({ rule }) => rule === messageId);
  if (!bridge || !broken) return null;
  const asked = bridge.messages.find(
    ({ direction, method }) => direction === "to-host" && method !== "" && method === broken.method,
  );
  const reply = bridge.messages.find(
    ({ direction, kind, id }) =>
      direction === "to-widget" && kind === "response" && id !== undefined && id === asked?.id,
  );
  const sender = bridge.senders?.find(({ method }) => method === broken.method);
  return {
    "In force": `the handshake of MCP Apps: ${bridge.handshake}`,
    "Asked for": `${broken.method || "a message"}${times(broken.count)}${placeOf(sender?.where)}: ${broken.detail}`,
    Answer: reply ? (reply.error ?? cut(reply.payload)) : "none",
  };
};

/** An entry of the declaration: which directives it came into, and what asked for it. */
const ofEntry: KindOf = (check, { data }, { run }) => {
  const { entry } = data;
  if (!check.startsWith("csp/") || typeof entry !== "string" || entry === "") return null;
  const rows = run.directives.filter(
    ({ requested, effective }) => requested.includes(entry) || hasWord(effective, entry),
  );
  const asked = run.network.filter(({ origin, url }) => origin === entry || url.startsWith(entry));
  return {
    Declared: `${run.policy.declared?.from ?? "the declaration"}: ${entry}`,
    "In force": rows.length > 0 ? rows.map(({ directive }) => `${directive} ${entry}`).join(", ") : "in no directive",
    "Asked for":
      asked.length > 0
        ? asked
            .map(({ kind, url }) => `${kind} ${url}`)
            .slice(0, 3)
            .join(", ")
        : "nothing there",
    Answer: observed(rows, entry),
  };
};

/** The declaration itself: what applies for it, or without it. */
const ofDeclaration: KindOf = (check, { data }, { run }) => {
  if (check !== "csp/declaration") return null;
  const { declared, effective } = run.policy;
  const asked = run.network.filter(({ directive }) => directive !== null).length;
  return {
    Declared: declared?.from ? [declared.from, data.detail].filter(Boolean).join(": ") : "nothing",
    "In force": innerPolicy(effective)?.value ?? "no policy",
    "Asked for": asked === 0 ? "nothing that a policy governs" : `${asked} requests that a policy governs`,
  };
};

const hasWord = (text: string, word: string): boolean => text.split(/\s+/).includes(word);

function observed(rows: readonly DirectiveRow[], entry: string): string {
  const seen = (which: "allowed" | "blocked") => rows.some((row) => row.observed[which].includes(entry));
  if (seen("blocked")) return "blocked";
  return seen("allowed") ? "let through" : "none";
}

/** A secret, personal data, or a size: which carrier brought it, and whether the widget looked at it. */
const ofCarrier: KindOf = (_check, { data, where }, { evidence }) => {
  const { carrier, place } = data;
  if (typeof carrier !== "string") return null;
  const read = propsIn(evidence)?.reads?.fields.filter(({ state }) => state === "read").length ?? 0;
  return {
    Declared: "nothing: the tool alone decides what it answers",
    "In force": `${carrier} is handed to the widget’s code, and everybody who is shown the widget can read it`,
    "Asked for": `${read === 0 ? "no field of the result was read, as far as this page saw" : `${read} fields of the result were read`}${placeOf(where)}`,
    Answer: [place, data.masked].filter((part) => typeof part === "string").join(": ") || carrier,
  };
};

/** What stands on the screen is the finding. */
const ofScreen: KindOf = (check, _finding, { run, evidence }) => {
  if (!/^(?:render|expect)\//.test(check)) return null;
  const failed = run.network.filter(({ outcome }) => outcome !== "allowed").length;
  const document = evidence?.artifacts.document;
  const shown = document?.status === "ok" ? document.value : null;
  return {
    "Asked for": `${run.network.length} requests, ${failed} of them without an answer`,
    ...(shown
      ? {
          Answer: `on this page: ${shown.textLength} characters of text in ${shown.visibleElements} elements, ${shown.width} × ${shown.height} px`,
        }
      : {}),
  };
};

const bridgeIn = (evidence: Evidence | null): BridgeEvidence | null =>
  evidence?.artifacts.bridge.status === "ok" ? evidence.artifacts.bridge.value : null;
const propsIn = (evidence: Evidence | null) =>
  evidence?.artifacts.props.status === "ok" ? evidence.artifacts.props.value : null;

const KINDS: readonly KindOf[] = [ofApi, ofToolCall, ofMessage, ofEntry, ofDeclaration, ofCarrier, ofScreen];

/** null: nothing more is known than what the finding says. */
export function textsOf(check: string, finding: Finding, from: ChainFrom): Texts | null {
  for (const kindOf of KINDS) {
    const texts = kindOf(check, finding, from);
    if (texts) return texts;
  }
  return null;
}
