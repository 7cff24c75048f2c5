import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import { named } from "../shared/servers.ts";
import type { Leak, NotProbed, ProbeKind, ProbeOutcome, ProbesEvidence } from "../../model/probes.ts";

type MessageId = "crash" | "hang" | "server-error" | "stack" | "secret" | "executed" | "accepted";

export default defineServerCheck({
  id: "tools/input-validation",
  title: "Wrong arguments are answered by an error, and by nothing more",
  severity: "error",
  needs: ["probes"],
  messages: {
    crash: "{tool} ended the server when {field} was {how}",
    hang: "{tool} answers good arguments, and did not answer within {seconds} s when {field} was {how}",
    "server-error": "{tool} answered with an error of the server (HTTP 5xx) when {field} was {how}: {said}",
    stack: "{tool} showed a stack trace when {field} was {how}: {shown}",
    secret: "{tool} showed a secret when {field} was {how}: {shown}",
    executed: "{tool} ran what {field} held, instead of taking it as a text: {shown}",
    accepted: "{tool} answered as if all were well when {field} was {how}: {said}",
  },
  reasons: {
    "not-asked": "No tool was called with wrong arguments",
    "not-all": "Not every tool was called with wrong arguments: {tools}",
  },
  source:
    "OpenAI, Security & Privacy: validate all inputs on the server, even if the model gave them (September 2026); MCP specification 2025-11-25, Tools: Security Considerations",
  run({ probes }) {
    if (!probes) return inapplicable("not-asked");
    const findings = firstOfEach(probes.outcomes.flatMap(findingsOf));
    const found = failOrPass(findings);
    const leftOut = leftOutOf(probes.notProbed);
    return found.outcome === "fail" || leftOut === "" ? found : review("not-all", { tools: leftOut });
  },
});

const WHY = {
  destructive: "destructive, and never called",
  "not-read-only": "not said to only read; --allow-calls",
  "named-otherwise": "said to only read, and named otherwise; --allow-calls",
  "open-world": "reaches systems of others; --allow-calls",
  "no-open-world-hint":
    "sent only what the schema rules out, and no hostile texts, since openWorldHint is not given and its default is true; --allow-calls",
  "no-valid-arguments": "no arguments fit the schema",
  slow: "does not answer good arguments in time either",
  "server-gone": "the server had ended",
  "out-of-time": "the time was up",
} as const satisfies Readonly<Record<Exclude<NotProbed, "nothing-to-try">, string>>;

/** `a, b (why); c (why)`. */
function leftOutOf(notProbed: ProbesEvidence["notProbed"]): string {
  const byReason = new Map<string, string[]>();
  for (const { tool, why } of notProbed)
    if (why !== "nothing-to-try") byReason.set(WHY[why], [...(byReason.get(WHY[why]) ?? []), tool]);
  return [...byReason].map(([why, tools]) => `${named(tools)} (${why})`).join("; ");
}

const HOW = {
  missing: "missing",
  null: "null",
  mistyped: "of another type",
  boundary: "outside its bounds",
  oversized: "200,000 characters long",
  hostile: "hostile",
  extra: "a field that the schema rules out",
} as const satisfies Readonly<Record<ProbeKind, string>>;

/** A number without bounds of its own is tried at the edges of what a number can be. */
function howOf({ kind, expects, attack }: ProbeOutcome): string {
  if (kind === "boundary" && expects === "answer") return "negative, or as large as a number can be";
  return attack ? `${HOW[kind]} (${attack})` : HOW[kind];
}

function findingsOf(outcome: ProbeOutcome): RawFinding<MessageId>[] {
  const { tool, field, kind, ended, expects, leaks, said, took } = outcome;
  const finding = (messageId: MessageId, shown = ""): RawFinding<MessageId> => ({
    messageId,
    data: {
      tool,
      field,
      kind,
      how: howOf(outcome),
      said: said === "" ? "no text" : said,
      shown,
      seconds: Math.round(took / 1000),
    },
    identity: ["tool"],
    channel: "network",
    ...(messageId === "accepted" ? { severity: "warning" as const } : {}),
  });
  return [
    ...(ended === "crash" || ended === "hang" || ended === "server-error" ? [finding(ended)] : []),
    ...leaks.flatMap(({ leak, shown }) => (isOfOthers(leak) ? [] : [finding(leak, shown)])),
    // An optional field more is ignored by most servers, and nothing comes of it.
    ...(expects === "error" && ended === "answered" && kind !== "extra" ? [finding("accepted")] : []),
  ];
}

/** Told by tools/prompt-injection and tools/response-minimisation. */
const isOfOthers = (leak: Leak): leak is "planted-unmarked" | "personal" =>
  leak === "planted-unmarked" || leak === "personal";

/** A tool that fails one kind of argument fails most: the first of each fault stands for all. */
function firstOfEach(findings: readonly RawFinding<MessageId>[]): RawFinding<MessageId>[] {
  const first = new Map<string, RawFinding<MessageId>>();
  for (const finding of findings) {
    const key = `${finding.messageId} ${finding.data.tool ?? ""}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}
