import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type About, type RawFinding } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";
import { descriptionOf, hintsOf, parametersOf, textOf } from "../shared/tool-words.ts";
import { destroys, isVerb } from "../../model/tool-verbs.ts";
import type { ServerIdentity, ServerTool } from "../../model/evidence/server.ts";

type MessageId = "orders" | "promotes" | "hidden" | "foreign" | "unlimited";

export default defineServerCheck({
  id: "tools/description",
  title: "Descriptions describe: they give no orders, hide nothing and limit what may destroy",
  severity: "error",
  needs: ["identity", "tools"],
  messages: {
    orders: '{where} gives the model orders that are no description: "{text}".',
    promotes: '{where} promotes the tool over others: "{text}".',
    hidden:
      "{where} holds characters that nobody sees ({text}): a person who reviews it does not read what the model reads.",
    foreign: "{where} speaks of {text}, which is no tool of this server.",
    unlimited:
      "{tools} may destroy, and the description says of nothing that it is not for: say when it is not to be used.",
  },
  source:
    'developers.openai.com/plugins/guides/security-privacy and plugin-guidelines (September 2026); MCP specification 2025-11-25, "Security Considerations" of tools',
  run({ identity, tools }) {
    const texts = [...tools.entries.flatMap(textsOf), ...instructionsOf(identity)];
    const names = tools.entries.map(({ name }) => name);
    return failOrPass([
      ...texts.flatMap(ofText),
      ...tools.entries.flatMap((tool) => foreignOf(tool, names)),
      ...unlimited(tools.entries),
    ]);
  },
});

type Found = RawFinding<MessageId>;

interface Text {
  readonly where: string;
  /** Path in the tool's entry, or in what `initialize` answered. */
  readonly about: About;
  readonly text: string;
}

const textsOf = (tool: ServerTool): Text[] => [
  { where: `The description of ${tool.name}`, about: { tool: tool.name }, text: descriptionOf(tool) },
  { where: `The title of ${tool.name}`, about: { tool: tool.name, path: "title" }, text: textOf(tool.entry.title) },
  ...parametersOf(tool).map(({ name, schema }) => ({
    where: `The description of ${tool.name}'s parameter ${name}`,
    about: { tool: tool.name, path: `inputSchema.properties.${name}.description` },
    text: isRecord(schema) ? textOf(schema.description) : "",
  })),
];

const instructionsOf = ({ instructions }: ServerIdentity): Text[] =>
  instructions === null
    ? []
    : [
        {
          where: "The text of the server's instructions",
          about: { request: "initialize", path: "instructions" },
          text: instructions,
        },
      ];

/** What is said to a model that is to do something else than to choose this tool. */
const ORDERS = [
  /\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+)*(?:previous|prior|above|earlier|other|system)\s+(?:instructions?|prompts?|rules?|messages?)/i,
  /\b(?:do not|don't|never)\s+(?:tell|inform|mention(?:\s+\w+){0,3}\s+to|reveal(?:\s+\w+){0,3}\s+to|show(?:\s+\w+){0,3}\s+to)\s+the\s+user\b(?!.{0,40}\b(?:raw|internal|ids?|json|html|uris?)\b)/i,
  // What a person should be asked is told from what the model is to look up by itself.
  /\b(?:do not|don't|never)\s+ask\s+the\s+user\b(?=\s+(?:for\s+(?:\w+\s+){0,2}(?:permission|confirmation|consent|approval)\b|to\s+(?:confirm|approve|consent)\b|whether\b|first\b|before\b|if\b)|\s*[.,;]|\s*$)/i,
  /(?<!(?:\b(?:not|never|no|cannot)|n['’]t)\b[^.!?\n]{0,60})\bwithout\s+(?:telling|informing|asking|notifying)\s+the\s+user\b/i,
  // Whose chat history it is matters: that of a messenger is data as any other.
  /\b(?:system\s+prompt|conversation\s+history|previous\s+messages)\b.{0,60}\b(?:pass|include|send|copy|provide)|\b(?:pass|include|send|copy|provide)\b.{0,60}\b(?:system\s+prompt|full\s+conversation|conversation\s+history|(?:your|our|this)\s+chat\s+(?:history|so\s+far|as\s+context)|(?:full|entire|whole)\s+chat\s+history)\b/i,
  /<\s{0,9}\/?\s{0,9}(?:important|system|instructions?|secret|hidden|admin)\s{0,9}>/i,
  /\bbefore\s+(?:using|calling|invoking|you\s+(?:use|call))\s+any\s+(?:other\s+)?tools?\b(?!\s+(?:of|in|from|on)\s+th(?:is|e)\b)/i,
  /\b(?:read|open|send|include|pass)\b.{0,40}(?:~\/\.ssh|id_rsa|\.env\b|\/etc\/passwd|\.aws\/credentials)/i,
] as const;

const PROMOTES = [
  /\b(?:always|must)\s+(?:use|call|choose|prefer|pick)\s+this\s+(?:tool|app|plugin|server)\b(?!\s+(?:when|if|before|after|for|to|once|with|only|first))/i,
  /\bprefer\s+this\s+(?:tool|app|plugin|server)\b/i,
  /\b(?:instead of|rather than|over|and not)\s+(?:any\s+)?(?:other\s+(?:tools?|apps?|plugins?)|built-in\s+(?:tools?|search|browsing)|web\s+search|your\s+own\s+knowledge)\b/i,
  /\b(?:do not|don't|never)\s+(?:use|call)\s+(?:any\s+)?other\s+(?:tools?|apps?|plugins?)\b/i,
] as const;

/** Zero-width, directions, tags and other format characters; the joiner of emoji and a mark at the very start are not. */
const HIDDEN =
  /[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|(?<!^)\ufeff|(?<!\p{Emoji}\ufe0f?)\u200d/u;
/** The flags of England, Scotland and Wales: any other tags behind a black flag would be a text that nobody sees. */
const FLAGS =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;
/** Marks of direction belong into texts in Hebrew and Arabic, and hide elsewhere. */
const MARKS = /[\u200e\u200f]/;
const WRITTEN_LEFTWARDS = /\p{Script=Hebrew}|\p{Script=Arabic}/u;
/** What a person who scrolls no further does not see; of a text without white space at its end. */
const PUSHED_OUT = /\n{20}|(?<![ \t])[ \t]{200,}\S/;

function ofText({ where, about, text }: Text): Found[] {
  if (text === "") return [];
  const first = (patterns: readonly RegExp[]): string | undefined =>
    patterns.map((pattern) => pattern.exec(text)?.[0]).find((match) => match !== undefined);
  const [order, promotion] = [first(ORDERS), first(PROMOTES)];
  const hidden = (HIDDEN.exec(text.replace(FLAGS, "\u{1f3f4}")) ??
    (WRITTEN_LEFTWARDS.test(text) ? null : MARKS.exec(text)))?.[0];
  return [
    ...(order === undefined ? [] : [found("orders", { where, text: order.slice(0, 100) }, { about })]),
    ...(promotion === undefined
      ? []
      : [found("promotes", { where, text: promotion.slice(0, 100) }, { severity: "warning", about })]),
    ...(hidden === undefined ? [] : [found("hidden", { where, text: codePointOf(hidden) }, { about })]),
    ...(hidden === undefined && PUSHED_OUT.test(text.trimEnd())
      ? [found("hidden", { where, text: "a long run of white space" }, { about })]
      : []),
  ];
}

const codePointOf = (text: string): string =>
  `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** `mcp__github__create_issue`, and "the `create_issue` tool" where this server has none; `pre-commit` is a program. */
function foreignOf(tool: ServerTool, names: readonly string[]): Found[] {
  const known = new Set(names.map(bare));
  const text = descriptionOf(tool);
  const mentions = [
    ...[...text.matchAll(/\bmcp__\w+?__(\w+)/g)].map(([whole, name = ""]) => [whole, name] as const),
    ...[...text.matchAll(/[`"']([a-z][a-z0-9]*(?:[_-][a-z0-9]+)+)[`"']\s+(?:mcp\s+)?tool\b/gi)]
      .filter(([, name = ""]) => name.includes("_") || isVerb(name))
      .map(([, name = ""]) => [name, name] as const),
  ];
  const foreign = [...new Set(mentions.filter(([, name]) => !known.has(bare(name))).map(([shown]) => shown))];
  return foreign.length > 0
    ? [
        found(
          "foreign",
          { where: `The description of ${tool.name}`, text: named(foreign) },
          { severity: "warning", about: { tool: tool.name } },
        ),
      ]
    : [];
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const LIMITS =
  /\b(?:do not|don't|never|not for|not to be|only (?:when|if|for|after|with|on)|cannot be undone|irreversibl|permanent|confirm|caution|careful|warning)/i;

function unlimited(entries: readonly ServerTool[]): Found[] {
  const open = entries.filter(
    (tool) =>
      (hintsOf(tool).destructiveHint === true || destroys(tool.name)) &&
      hintsOf(tool).readOnlyHint !== true &&
      descriptionOf(tool) !== "" &&
      !LIMITS.test(descriptionOf(tool)),
  );
  return open.length > 0
    ? [
        found(
          "unlimited",
          { tools: named(open.map(({ name }) => name)) },
          { severity: "info", about: { tool: open[0]?.name } },
        ),
      ]
    : [];
}
