/**
 * The tables of docs/reference.md, and `schema.json`: config, `widget.json`, commands, options, formats, checks and error codes, made
 * from the schemas and the tables that the program itself reads. `npm run reference` writes them; the tests compare.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { allChecks, areaOf, areas } from "../../harness/checks/all.ts";
import { REMOTE_FLAGS } from "../../harness/gather/browser/flags.ts";
import { jsonSchema } from "../../harness/config/json-schema.ts";
import { commands } from "../../harness/commands/index.ts";
import { describeOption } from "../../harness/commands/option-kinds.ts";
import { optionGroups } from "../../harness/commands/options.ts";
import { allowlistReporters, checkReporters } from "../../harness/report/index.ts";

const root = join(import.meta.dirname, "../..");
/** Pages with generated blocks. */
export const REFERENCE_PAGES = ["reference.md", "remote.md"].map((name) => join(root, "docs", name));
export const SCHEMA = join(root, "schema.json");

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
}

const definitions = (jsonSchema().$defs ?? {}) as Readonly<Record<string, Schema>>;
const definitionOf = ({ $ref }: Schema): Schema | undefined => definitions[$ref?.split("/").at(-1) ?? ""];

/** `list of text`, `` `light` or `dark` ``, `object`. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(", or ");
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items) : "anything"}`;
  const values = schema.additionalProperties;
  if (typeof values === "object" && Object.keys(values).length > 0) return `names → ${typeOf(values)}`;
  const words: Readonly<Record<string, string>> = {
    string: "text",
    integer: "whole number",
    boolean: "true or false",
  };
  return words[schema.type ?? ""] ?? schema.type ?? "any JSON";
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

/** Fields of one definition. */
function fieldTable(name: string): string {
  const { properties = {}, required = [] } = definitions[name] ?? {};
  const rows = Object.entries(properties).map(([field, schema]) => [
    `\`${field}\`${required.includes(field) ? " (needed)" : ""}`,
    typeOf(schema),
    schema.description ?? definitionOf(schema)?.description ?? "",
  ]);
  return table(["field", "value", "meaning"], rows);
}

/** Options that commands share stand once. */
function optionTables(): string {
  return optionGroups
    .map(({ title, options }) => {
      const rows = Object.entries(options).map(([name, option]) => {
        const { flags, help } = describeOption(name, option);
        return [`\`${flags}\``, help];
      });
      return `**${title}**\n\n${table(["option", "meaning"], rows)}`;
    })
    .join("\n\n");
}

function commandTable(): string {
  const rows = commands.map(({ name, argument, summary }) => [
    `\`sandglass ${[name, argument?.name].filter(Boolean).join(" ")}\``,
    summary,
  ]);
  return table(["command", ""], rows);
}

function formatTable(): string {
  const named = (formats: ReadonlyMap<string, unknown>): string =>
    [...formats.keys()].map((name) => `\`${name}\``).join(" ");
  return table(
    ["command", "formats"],
    [
      ["`check`, `merge`", named(checkReporters)],
      ["`allowlist`", named(allowlistReporters)],
    ],
  );
}

function checkTables(): string {
  return areas
    .map((area) => {
      const rows = allChecks
        .filter(({ id }) => areaOf(id) === area)
        .map(({ id, severity, title }) => [`[\`${id}\`](../harness/checks/${id}.md)`, severity, title]);
      return `**${area}**\n\n${table(["check", "severity", "what it says"], rows)}`;
    })
    .join("\n\n");
}

/** Members of the union `ErrorCode`, which is a type and gone at run time. */
function errorCodes(): string {
  const source = readFileSync(join(root, "harness/model/errors.ts"), "utf8");
  return [...source.matchAll(/^ {2}\| "(\w+)";?$/gm)].map(([, code = ""]) => `\`${code}\``).join(" ");
}

const BLOCKS: Readonly<Record<string, () => string>> = {
  options: optionTables,
  commands: commandTable,
  formats: formatTable,
  checks: checkTables,
  errors: errorCodes,
  flags: () => `\`\`\`\n${REMOTE_FLAGS.join("\n")}\n\`\`\``,
};

/** Names of the blocks that are no table of fields. */
export const namedBlocks = Object.keys(BLOCKS);

const FIELDS_OF = /^fields of (\w+)$/;

function blockOf(name: string): string {
  const named = BLOCKS[name];
  if (named) return named();
  const definition = FIELDS_OF.exec(name)?.[1] ?? "";
  if (!definitions[definition]) throw new Error(`a page asks for "${name}", which nothing makes`);
  return fieldTable(definition);
}

/** The page with every `<!-- reference: NAME -->` block made anew. */
export function withReference(page: string): string {
  return page.replace(
    /(<!-- reference: ([\w ]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_whole, open: string, name: string, end: string) => `${open}\n${blockOf(name)}\n\n${end}`,
  );
}

/** One of several forms each, which stand in the fields that take them and in docs/expect.md. */
const FORMS: ReadonlySet<string> = new Set(["step", "expectation"]);

/** Definitions of `schema.json` that the pages must show. */
export const shownDefinitions = Object.keys(definitions).filter((name) => !FORMS.has(name));

export const schemaText = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const page of REFERENCE_PAGES) writeFileSync(page, withReference(readFileSync(page, "utf8")));
  writeFileSync(SCHEMA, schemaText());
}
