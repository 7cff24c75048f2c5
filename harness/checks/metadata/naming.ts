import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";
import type { Severity } from "../../model/result.ts";
import type { ServerIdentity, ServerTool } from "../../model/evidence/server.ts";

/** OpenAI's limit of a tool's name; MCP's specification allows 128. */
const MOST_NAME = 64;
/** What the portal shows of an app's name; the package allows 100. */
const MOST_DISPLAY = 30;
const MOST_DESCRIPTION = 4000;
/** Of `instructions` the model is sure to see. */
const FIRST_OF_INSTRUCTIONS = 512;
const SHORT_DESCRIPTION = 12;

type MessageId =
  | "name-form"
  | "name-long"
  | "twice"
  | "no-description"
  | "thin-description"
  | "long-description"
  | "no-title"
  | "server-name"
  | "display-long"
  | "instructions-long"
  | "boastful";

export default defineServerCheck({
  id: "metadata/naming",
  title: "Server and tools have names, titles and descriptions within limits",
  severity: "error",
  needs: ["identity", "tools"],
  messages: {
    "name-form": "The tool name {name} holds what is not a letter, digit, _ or -: OpenAI's models cannot call it.",
    "name-long": "The tool name {name} has {length} characters, and {most} are allowed.",
    twice: "The tool {name} is listed {count} times: a call reaches one of them.",
    "no-description": "No description: {tools}. The model chooses a tool by its description, and review asks for one.",
    "thin-description": "{tools}: the description says no more than the name.",
    "long-description": "{tools}: the description is longer than {most} characters.",
    "no-title": "No title: {tools}. People read titles where they confirm a call.",
    "server-name": "The server names itself {value} in initialize.",
    "display-long": "The server's title has {length} characters; the submission form takes {most}.",
    "instructions-long":
      "The server's instructions have {length} characters: what matters belongs into the first {most}.",
    boastful: "{tools}: {word} in a name or title promotes the tool, which review refuses.",
  },
  source:
    'developers.openai.com/plugins/plugin-guidelines, deploy/submission-errors and deploy/submission (September 2026); MCP specification 2025-11-25, "Tool Names"',
  run({ identity, tools }, { submission, refusal }) {
    const { entries } = tools;
    return failOrPass([
      ...ofNames(entries),
      ...ofDescriptions(entries, refusal),
      ...ofServer(identity, submission),
      ...boasts(entries),
    ]);
  },
});

type Found = RawFinding<MessageId>;

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

function ofNames(entries: readonly ServerTool[]): Found[] {
  const counts = new Map<string, number>();
  for (const { name } of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].flatMap(([name, count]) => [
    ...(count > 1 ? [found("twice", { name, count }, { identity: ["name"] })] : []),
    ...(name !== "" && !/^[A-Za-z0-9_-]+$/.test(name) ? [found("name-form", { name }, { severity: "warning" })] : []),
    ...(name.length > MOST_NAME ? [found("name-long", { name, length: name.length, most: MOST_NAME })] : []),
  ]);
}

/** Letters and digits alone, so that `get_weather` and "Get weather." are the same. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Characters, where one of Chinese, Japanese or Korean says as much as three letters. */
const weightOf = (text: string): number =>
  text.length +
  2 * [...text.matchAll(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/gu)].length;

function ofDescriptions(entries: readonly ServerTool[], refusal: Severity): Found[] {
  const description = ({ entry }: ServerTool): string => textOf(entry.description);
  const without = entries.filter((tool) => description(tool) === "");
  const thin = entries.filter((tool) => {
    const text = description(tool);
    return text !== "" && (bare(text) === bare(tool.name) || weightOf(text) < SHORT_DESCRIPTION);
  });
  const long = entries.filter((tool) => description(tool).length > MOST_DESCRIPTION);
  const untitled = entries.filter(
    ({ entry }) =>
      textOf(entry.title) === "" && textOf((entry.annotations as { title?: unknown } | undefined)?.title) === "",
  );
  const tools = (list: readonly ServerTool[]): string => named(list.map(({ name }) => name));
  const first = ([one]: readonly ServerTool[]) => ({ about: { tool: one?.name } });
  return [
    ...(without.length > 0
      ? [found("no-description", { tools: tools(without) }, { severity: refusal, ...first(without) })]
      : []),
    ...(thin.length > 0
      ? [found("thin-description", { tools: tools(thin) }, { severity: "info", ...first(thin) })]
      : []),
    ...(long.length > 0
      ? [
          found(
            "long-description",
            { tools: tools(long), most: MOST_DESCRIPTION },
            { severity: "warning", ...first(long) },
          ),
        ]
      : []),
    ...(untitled.length > 0
      ? [found("no-title", { tools: tools(untitled) }, { severity: "info", ...first(untitled) })]
      : []),
  ];
}

function ofServer({ name, version, title, instructions }: ServerIdentity, submission: boolean): Found[] {
  const display = title ?? "";
  return [
    ...(name.trim() === "" || version.trim() === ""
      ? [found("server-name", { value: name.trim() === "" ? "nothing" : "without a version" }, { severity: "warning" })]
      : []),
    ...(submission && display.length > MOST_DISPLAY
      ? [found("display-long", { length: display.length, most: MOST_DISPLAY }, { severity: "info" })]
      : []),
    ...(instructions !== null && instructions.length > FIRST_OF_INSTRUCTIONS
      ? [found("instructions-long", { length: instructions.length, most: FIRST_OF_INSTRUCTIONS }, { severity: "info" })]
      : []),
  ];
}

const BOAST = /(?:^|[^a-z])(best|official|pick[_ -]?me|number[_ -]?one|top[_ -]?rated)(?![a-z])/i;
/** What is best of what it finds: `find_best_route`, "List top-rated films". */
const OF_DATA =
  /^(?:get|list|find|search|fetch|show|view|read|compare|suggest|recommend|choose|pick|rank|plan|calculate|compute|check|lookup|look[_ -]up)(?:[_ -]|(?=[A-Z]))/i;

/** In the name or title; a description may say that something is the best match. */
function boasts(entries: readonly ServerTool[]): Found[] {
  return entries.flatMap(({ name, entry }) => {
    const texts = Object.entries({ name, title: textOf(entry.title) });
    const [boast] = texts
      .filter(([, text]) => !OF_DATA.test(text))
      .flatMap(([path, text]) => (BOAST.exec(text) ?? []).slice(1).map((word) => ({ path, word })));
    if (boast === undefined) return [];
    const { path, word } = boast;
    return [found("boastful", { tools: name, word }, { severity: "warning", about: { tool: name, path } })];
  });
}
