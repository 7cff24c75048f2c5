import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import { descriptionOf, hintsOf, parametersOf, textOf } from "../shared/tool-words.ts";
import { destroys, isOfGiven, reads, sends, wordsOf, writes } from "../../model/tool-verbs.ts";
import { urisOf } from "../../model/tool-uris.ts";
import type { ServerCall, ServerTool } from "../../model/evidence/server.ts";

type MessageId = "contradiction" | "writes" | "destroys" | "answer-writes" | "reaches-out" | "only-reads";

export default defineServerCheck({
  id: "tools/honest-hints",
  title: "Hints agree with what the tools say and do",
  severity: "warning",
  needs: ["tools", "calls"],
  messages: {
    contradiction: "{tool} says readOnlyHint: true and destructiveHint: true: what only reads destroys nothing.",
    writes: "{tool} says readOnlyHint: true, and {sign} says that it writes.",
    destroys: "{tool} says destructiveHint: false, and {sign} says that it destroys: hosts ask no one before the call.",
    "answer-writes": '{tool} says readOnlyHint: true, and answered a call of this run with "{answer}".',
    "reaches-out": "{tool} says openWorldHint: false, and {sign} says that it reaches beyond the server's own data.",
    "only-reads": "{tool} says readOnlyHint: false, and its name says that it only reads: hosts ask before each call.",
  },
  source:
    "developers.openai.com/plugins/plugin-guidelines and deploy/app-review (September 2026): hints must match behaviour; MCP specification 2025-11-25, ToolAnnotations",
  run({ tools, calls }) {
    return failOrPass(tools.entries.flatMap((tool) => [...ofWords(tool), ...ofAnswers(tool, calls)]));
  },
});

type Found = RawFinding<MessageId>;

function ofWords(tool: ServerTool): Found[] {
  const { readOnlyHint, destructiveHint, openWorldHint } = hintsOf(tool);
  const { name } = tool;
  const isContradictory = readOnlyHint === true && destructiveHint === true;
  const outside = openWorldHint === false ? outsideSign(tool) : null;
  return [
    ...(isContradictory ? [found("contradiction", { tool: name }, { severity: "error" })] : []),
    ...ofEffects(tool),
    ...(outside !== null ? [found("reaches-out", { tool: name, sign: outside }, IDENTITY)] : []),
  ];
}

/** What it writes and destroys; hosts ask no one before a call that "only reads", so that a name that destroys is an error. */
function ofEffects(tool: ServerTool): Found[] {
  const { name } = tool;
  const { readOnlyHint, destructiveHint } = hintsOf(tool);
  const writing = writingSign(tool);
  if (readOnlyHint === true) {
    const more = destroys(name) ? { ...IDENTITY, severity: "error" as const } : IDENTITY;
    return writing === null || isPure(tool) ? [] : [found("writes", { tool: name, sign: writing }, more)];
  }
  const destroying = destructiveHint === false ? destroyingSign(tool) : null;
  if (destroying !== null) return [found("destroys", { tool: name, sign: destroying }, IDENTITY)];
  const onlyReads = readOnlyHint === false && destructiveHint !== true && writing === null && reads(name);
  return onlyReads && !mentionsEffect(tool) ? [found("only-reads", { tool: name }, { severity: "info" })] : [];
}

const IDENTITY = { identity: ["tool"] } as const;

/** What a widget shows, and nobody keeps. */
const SHOWN = new Set(
  "chart graph plot map view diagram visualization visualisation preview timeline animation scene palette summary".split(
    " ",
  ),
);
const KEEPS = /\b(?:sav(?:e|es|ing)|stor(?:e|es|ing)|persists?|database|account|workspace|in (?:your|the user's))\b/i;

/** By its words it writes, and by the others nothing that is kept. */
function isPure(tool: ServerTool): boolean {
  const description = descriptionOf(tool);
  if (KEEPS.test(description)) return false;
  if (isOfGiven(tool.name) || (!destroys(tool.name) && OPENS_SUM.test(description))) return true;
  const [verb, ...others] = wordsOf(tool.name);
  const isDrawn =
    verb === "create" ? SHOWN.has(others.at(-1) ?? "") : !writes(tool.name) && OPENS_DRAWING.test(description);
  return isDrawn && urisOf(tool.entry._meta).length > 0;
}

const OPENS_DRAWING =
  /^\W*creates?\s+(?:[\w-]+\s+){0,4}(?:chart|graph|plot|map|view|diagram|visuali[sz]ation|preview|timeline|animation|scene|palette|summary)s?\b/i;
const OPENS_SUM =
  /^\W*adds?(?:\s+(?:up|two|both|the|given|a list of|several)){0,3}\s+(?:numbers|integers|values|vectors|matrices)\b(?!\s+(?:in)?to\s+(?:an?|the|your|this|each)\b)/i;

/** The description's first words, as it says what the tool does. */
const OPENS_WRITING =
  /^(?:\W*)(?:creates?|adds?|updates?|writes?|edits?|sends?|publish(?:es)?|uploads?|submits?|inserts?|saves?|renames?|deletes?|removes?|permanently|charges?|purchases?|buys?|transfers?|overwrites?|invites?)\b/i;
const OPENS_DESTROYING =
  /^(?:\W*)(?:permanently|irreversibly|deletes?|removes?|destroys?|erases?|wipes?|purges?|drops?|overwrites?)\b/i;

function writingSign(tool: ServerTool): string | null {
  if (writes(tool.name)) return "its name";
  return OPENS_WRITING.test(descriptionOf(tool)) ? "its description" : null;
}

function destroyingSign(tool: ServerTool): string | null {
  if (destroys(tool.name)) return "its name";
  return OPENS_DESTROYING.test(descriptionOf(tool)) ||
    /\b(?:cannot|can't|can not) be undone\b|\birreversibl/i.test(descriptionOf(tool))
    ? "its description"
    : null;
}

/** A tool that reads and does something beside it is not one that only reads. */
const mentionsEffect = (tool: ServerTool): boolean =>
  /\b(?:and|then|also)\s+(?:creates?|saves?|stores?|writes?|sends?|updates?|marks?|opens?|starts?|logs?)\b/i.test(
    descriptionOf(tool),
  );

const OUTSIDE =
  /\b(?:the (?:web|internet)|any (?:url|website|web page)|from a (?:url|website|web page)|e-?mails? to|posts? to (?:twitter|x|slack|facebook|linkedin|instagram)|third[- ]party)\b/i;

/** "Works without the internet", "no third-party services". */
const NOT_OUTSIDE = /\b(?:no|not|never|without|offline)\b[^.!?\n]{0,80}/gi;

function outsideSign(tool: ServerTool): string | null {
  if (sends(tool.name)) return "its name";
  if (OUTSIDE.test(descriptionOf(tool).replace(NOT_OUTSIDE, ""))) return "its description";
  const address = parametersOf(tool).find(
    ({ name, schema }) =>
      /^(?:url|website|web_?page)$/i.test(name) && /^(?:https?|any)|\bhttps?:/i.test(textOf(schema.description)),
  );
  return address === undefined ? null : `its parameter ${address.name}`;
}

/** What was done, and neither when it was (`Created on …`, `Updated 3 minutes ago`) nor what there is (`Saved searches:`). */
const DONE =
  /^\W*(?:successfully\s+)?(?:created|added|updated|deleted|removed|sent|saved|published|uploaded|charged|renamed|overwrote|erased|wiped)\b(?!\s*(?::|(?:on|at|by|in|since)\b|\d{4}\b|\d+\s+\w+\s+ago\b|[a-z]+s\s*(?:[:(\n]|$)))/i;

function ofAnswers(tool: ServerTool, calls: readonly ServerCall[]): Found[] {
  if (hintsOf(tool).readOnlyHint !== true) return [];
  const answer = calls
    .filter((call) => call.tool === tool.name && !call.isError && call.error === null)
    .flatMap(textsOf)
    .find((text) => DONE.test(text));
  return answer === undefined
    ? []
    : [found("answer-writes", { tool: tool.name, answer: answer.slice(0, 60) }, IDENTITY)];
}

const textsOf = ({ content }: ServerCall): string[] =>
  Array.isArray(content)
    ? content.flatMap((block: unknown) => {
        const text = (block as { text?: unknown } | null)?.text;
        return typeof text === "string" ? [text.trim()] : [];
      })
    : [];
