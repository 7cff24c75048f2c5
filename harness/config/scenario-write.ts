/** Where a scenario is to be written, and the text of that file with it: formatting and comments of the rest stay. */
import { existsSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Widget } from "../model/widget.ts";
import type { LoadedConfig, ScenarioConfig } from "./types.ts";

/** A place in a file of the project. */
export interface ScenarioPlace {
  /** Absolute; it may not be there yet. */
  readonly file: string;
  /** Keys above the scenario's name. */
  readonly path: readonly string[];
  /** What the file begins with, where it is not there yet. */
  readonly template?: Readonly<Record<string, unknown>>;
  /** What a person has to add elsewhere for it to be read. */
  readonly toAdd?: string;
}

export interface PlaceAsked {
  readonly widget: Pick<Widget, "name" | "source" | "root">;
  readonly config: LoadedConfig | undefined;
  /** Absolute. */
  readonly cwd: string;
  /** As the user named it. */
  readonly server?: { readonly mcp?: string; readonly mcpStdio?: string };
}

/** @throws SandglassError `BAD_CONFIG`, `BAD_WIDGET`: the file that holds scenarios cannot be read */
export async function scenarioPlaceOf(asked: PlaceAsked): Promise<ScenarioPlace> {
  const { widget, config, cwd } = asked;
  if (config?.scenarios[widget.name] !== undefined || widget.source.kind === "mcp")
    return config ? placeInConfig(widget.name, config) : placeInNewConfig(asked, cwd);
  const own = manifestOf(widget);
  const written = existsSync(own) ? await valueIn(own, ["scenarios"]) : undefined;
  return typeof written === "string"
    ? { file: resolve(dirname(own), written), path: [] }
    : { file: own, path: ["scenarios"], template: { name: widget.name } };
}

function manifestOf({ source, root = "" }: PlaceAsked["widget"]): string {
  if (source.kind !== "html") return join(root, "widget.json");
  const file = basename(source.path);
  return join(root, `${file.slice(0, file.length - extname(file).length)}.widget.json`);
}

const SCHEMA = "./node_modules/sandglass/schema.json";

const placeInNewConfig = ({ widget, server = {} }: PlaceAsked, cwd: string): ScenarioPlace => ({
  file: join(cwd, "sandglass.config.json"),
  path: ["scenarios", widget.name],
  template: { $schema: SCHEMA, ...server },
});

/** Code is not written into: beside it, a file that it has to name. */
async function placeInConfig(name: string, { file, root }: LoadedConfig): Promise<ScenarioPlace> {
  if (isData(file)) {
    const written = await valueIn(file, ["scenarios", name]);
    return typeof written === "string"
      ? { file: resolve(root, written), path: [] }
      : { file, path: ["scenarios", name] };
  }
  const beside = `scenarios/${name.replace(/[^\w.-]+/g, "-")}.json`;
  return {
    file: join(root, beside),
    path: [],
    template: {},
    toAdd: `scenarios: { ${JSON.stringify(name)}: ${JSON.stringify(beside)} } in ${basename(file)}`,
  };
}

const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file);
const isData = (file: string): boolean => isYaml(file) || /\.json$/i.test(file);

async function valueIn(file: string, path: readonly string[]): Promise<unknown> {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(file, "utf8");
  return reach(await parsed(file, text), path);
}

async function parsed(file: string, text: string): Promise<unknown> {
  if (isYaml(file)) return (await import("yaml")).parse(text, { maxAliasCount: 100 }) as unknown;
  return (await import("jsonc-parser")).parse(text, [], { allowTrailingComma: true }) as unknown;
}

function reach(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

/** Whether the text has a scenario of that name there. */
export async function hasScenario(text: string, { file, path }: ScenarioPlace, name: string): Promise<boolean> {
  return reach(await parsed(file, text), [...path, name]) !== undefined;
}

/** The text of the file with a value at a path; undefined takes it away. @param text null: the file is not there yet */
export async function withValue(
  text: string | null,
  { file, template = {} }: Pick<ScenarioPlace, "file" | "template">,
  path: readonly string[],
  value: unknown,
): Promise<string> {
  const given = text === null || text.trim() === "" ? `${JSON.stringify(template, null, 2)}\n` : text;
  try {
    return isYaml(file) ? await inYaml(given, path, value) : await inJson(given, path, value);
  } catch (error) {
    throw new SandglassError("BAD_CONFIG", `${file} cannot be changed: ${messageOf(error)}`, "Correct it first.", {
      cause: error,
    });
  }
}

export const withScenario = (
  text: string | null,
  place: ScenarioPlace,
  name: string,
  scenario: ScenarioConfig,
): Promise<string> => withValue(text, place, [...place.path, name], scenario);

async function inYaml(text: string, path: readonly string[], value: unknown): Promise<string> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text);
  if (document.errors[0]) throw document.errors[0];
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

/** With its own indentation kept. */
async function inJson(text: string, path: readonly string[], value: unknown): Promise<string> {
  const { applyEdits, modify, parseTree } = await import("jsonc-parser");
  const errors: Parameters<typeof parseTree>[1] = [];
  parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) throw new Error("it is no JSON");
  const [, indent = "  "] = /\n([ \t]+)"/.exec(text) ?? [];
  const formattingOptions = { insertSpaces: !indent.includes("\t"), tabSize: indent.length };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}
