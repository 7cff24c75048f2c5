/** Writes into the project what the user asks for on the page: a scenario, a declaration; and takes it back. */
import { existsSync, lstatSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type {
  Declare,
  DeclaredLists,
  ProjectBackend,
  ProjectChange,
  SaveScenario,
  SourceAsked,
  SourceLines,
  SourcePatch,
} from "../../host/server/project-types.ts";
import { isRecord } from "../../host/csp/record.ts";
import { isInside } from "../config/paths.ts";
import { checkShape } from "../config/problems.ts";
import { recordedScenario, type RecordedScenario } from "../config/recorded.ts";
import { hasScenario, scenarioPlaceOf, withScenario, withValue } from "../config/scenario-write.ts";
import { scenarioSchema } from "../config/scenario.ts";
import type { LoadedConfig, ScenarioConfig } from "../config/types.ts";
import { defined } from "../model/defined.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Mock, Widget } from "../model/widget.ts";
import { Masking } from "../scan/index.ts";
import { shownPath } from "../sources/types.ts";
import type { SeenAnswers } from "./overlay-answers.ts";
import { sourceLines } from "./source-lines.ts";
import { patchOf } from "./source-patch.ts";
import { bytesOf, writeFiles, type FileChange } from "./write-files.ts";

export interface ProjectOptions {
  /** Absolute; nothing is written outside. */
  readonly cwd: string;
  readonly config: LoadedConfig | undefined;
  /** As the command line named it. */
  readonly server: { readonly mcp?: string; readonly mcpStdio?: string };
  /** @throws SandglassError `NO_WIDGETS` */
  readonly widget: (name: string) => Widget;
  /** What the network answered in a rendering. Default: it was not asked. */
  readonly answers?: (stage: number) => SeenAnswers | null;
  /** Scenarios of a config were written, or taken back; those of a widget's own file are watched. */
  readonly onConfig?: () => void;
  /** What the user gave to be let in: nothing of it is written. Default none. */
  readonly secrets?: readonly string[];
}

/** One file of a change. */
interface Written extends FileChange {
  readonly after: Buffer;
}

interface Recording {
  readonly masks: Masking;
  /** Folder that paths of files belong to. */
  readonly beside: string;
  /** What the scenario holds already. */
  readonly kept: readonly Mock[];
}

const NAME = /^[^\p{C}]{1,80}$/u;
const MOST_CHANGES = 200;

export class Project implements ProjectBackend {
  readonly #changes: (readonly Written[])[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ProjectOptions) {}

  saveScenario(asked: SaveScenario): Promise<ProjectChange> {
    return this.#inTurn(() => this.#saveScenario(asked));
  }

  declare(asked: Declare): Promise<ProjectChange> {
    return this.#inTurn(() => this.#declare(asked));
  }

  undo(id: number): Promise<{ readonly file: string }> {
    return this.#inTurn(() => this.#undo(id));
  }

  /** One change at a time: two tabs may ask at once, and each reads what it writes over. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(change);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #saveScenario(asked: SaveScenario): Promise<ProjectChange> {
    const { cwd, config, server } = this.options;
    const widget = this.options.widget(asked.widget);
    const name = asked.name.trim();
    if (!NAME.test(name)) throw refused("A scenario needs a name of up to 80 characters.", "Give it one.");
    const place = await scenarioPlaceOf({ widget, config, cwd, server });
    const text = await textOf(place.file);
    if (text !== null && !asked.overwrite && (await hasScenario(text, place, name)))
      throw refused(
        `${shownPath(place.file, cwd)} has a scenario "${name}" already.`,
        "Give another name, or write over it.",
      );
    const masks = new Masking(this.options.secrets ?? []);
    const {
      scenario: seen,
      files,
      leftOut,
    } = this.#recorded(asked, name, { masks, beside: dirname(place.file), kept: mocksOf(asked, widget) });
    const { mocks = [] } = seen;
    const scenario = masks.value(scenarioOf(asked, widget, mocks)) as ScenarioConfig;
    const beside = [...files].map(([path, bytes]) => [resolve(dirname(place.file), path), bytes] as const);
    const [taken] = beside.filter(([file]) => !asked.overwrite && existsSync(file));
    if (taken) throw refused(`${shownPath(taken[0], cwd)} is there already.`, "Give another name, or write over it.");
    const change = await this.#write([
      [place.file, Buffer.from(await withScenario(text, place, name, scenario))],
      ...beside,
    ]);
    return {
      ...change,
      masked: masks.kinds,
      ...(mocks.length > 0 ? { mocks: mocks.length } : {}),
      ...(leftOut.length > 0 ? { leftOut } : {}),
      ...(place.toAdd === undefined ? {} : { toAdd: place.toAdd }),
    };
  }

  /** What the network answered in the rendering, as mocks. */
  #recorded({ stage }: SaveScenario, name: string, { masks, beside, kept }: Recording): RecordedScenario {
    const { origin = "", answers = [] } = (stage === undefined ? null : this.options.answers?.(stage)) ?? {};
    const shown = answers.map((answer) => ({ ...answer, url: masks.text(answer.url) }));
    const taken = new Set(kept.flatMap(({ file }) => (file === undefined ? [] : [resolve(beside, file)])));
    const isTaken = (path: string): boolean => taken.has(resolve(beside, path));
    return recordedScenario({ name, given: {}, answers: shown, sandbox: origin, folder: "mocks", isTaken }, masks);
  }

  async #declare({ widget: name, lists }: Declare): Promise<ProjectChange> {
    const { source, root = "" } = this.options.widget(name);
    if (source.kind !== "folder")
      throw refused(
        "Only a widget folder has a widget.json to write.",
        "Paste the block where the server declares it.",
      );
    const file = join(root, "widget.json");
    let text = await textOf(file);
    for (const [path, value] of declaredIn(lists)) text = await withValue(text, { file }, path, value);
    return { ...(await this.#write([[file, Buffer.from(text ?? "")]])), masked: [] };
  }

  async patch({ widget: name, lists }: Declare): Promise<SourcePatch | null> {
    const { source } = this.options.widget(name);
    if (source.kind !== "mcp") throw refused("Only a server has a source to patch.", "Write its widget.json instead.");
    const asked = declaredIn(lists).map(([, value]) => value);
    return patchOf({ cwd: this.options.cwd, source, lists: Object.assign({}, ...asked) as Lists });
  }

  async #undo(id: number): Promise<{ readonly file: string }> {
    const done = this.#changes[id];
    const [first] = done ?? [];
    if (!done || !first) throw refused("That change is not known.", "Use your editor, or git, to take it back.");
    for (const { file, after } of done)
      if (!(await bytesOf(file))?.equals(after))
        throw refused(
          `${shownPath(file, this.options.cwd)} was changed since.`,
          "Use your editor, or git, to take it back.",
        );
    await this.#replace(done.map(({ file, before, after }) => ({ file, before: after, after: before })));
    this.#tell(done);
    return { file: shownPath(first.file, this.options.cwd) };
  }

  source({ widget, file, line }: SourceAsked): SourceLines | null {
    return sourceLines(this.options.widget(widget), file, line);
  }

  #tell([first]: readonly Written[]): void {
    if (first && !/(^|\.)widget\.json$/.test(basename(first.file))) this.options.onConfig?.();
  }

  /** All of them, or none. @param files the first is the one that is named */
  async #write(
    files: readonly (readonly [file: string, after: Buffer])[],
  ): Promise<Pick<ProjectChange, "id" | "file">> {
    const { cwd } = this.options;
    const outside = files.find(([file]) => !isWithin(cwd, file));
    if (outside)
      throw refused(
        `${outside[0]} lies outside the folder that sandglass dev runs in.`,
        "Start it in the project's folder.",
      );
    if (this.#changes.length >= MOST_CHANGES) throw refused("Too many changes for one run.", "Start it again.");
    const written: Written[] = [];
    for (const [file, after] of files) written.push({ file, before: await this.#read(file), after });
    await this.#replace(written);
    this.#changes.push(written);
    this.#tell(written);
    return { id: this.#changes.length - 1, file: shownPath(files[0]?.[0] ?? cwd, cwd) };
  }

  async #read(file: string): Promise<Buffer | null> {
    return bytesOf(file).catch((error: unknown) => {
      throw refused(
        `${shownPath(file, this.options.cwd)} cannot be read: ${messageOf(error)}`,
        "Look at what is there.",
      );
    });
  }

  async #replace(changes: readonly FileChange[]): Promise<void> {
    await writeFiles(changes).catch((error: unknown) => {
      throw refused(`Nothing was written: ${messageOf(error)}`, "Look at the rights and the space of the folder.");
    });
  }
}

const refused = (message: string, next: string): SandglassError => new SandglassError("BAD_USAGE", message, next);

const textOf = async (file: string): Promise<string | null> => (existsSync(file) ? readFile(file, "utf8") : null);

/** Links followed; of a file that is not there, of the closest folder that is. A link that leads nowhere is outside: what is written there would be made. */
function isWithin(root: string, file: string): boolean {
  let there = file;
  while (!isThere(there)) there = dirname(there);
  return existsSync(there) && isInside(realpathSync(root), realpathSync(there));
}

/** A link is, wherever it leads; nothing is below what is no folder. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return false;
    throw error;
  }
}

const shownIn = ({ shown }: SaveScenario, widget: Widget) => widget.scenarios.find(({ name }) => name === shown);
const mocksOf = (asked: SaveScenario, widget: Widget): readonly Mock[] => shownIn(asked, widget)?.mocks ?? [];

/** What the page gives over the scenario that it shows. @throws SandglassError where it is no scenario */
function scenarioOf(asked: SaveScenario, widget: Widget, recorded: readonly Mock[]): ScenarioConfig {
  const { given, context, steps, expect } = asked;
  const { tools, prompt, again, stream, resize, trials, gated, expects } = shownIn(asked, widget) ?? {};
  const mocks = [...mocksOf(asked, widget).map((mock) => beside(mock, widget)), ...recorded];
  const written = {
    ...given,
    context,
    ...(mocks.length > 0 ? { mocks } : {}),
    ...defined({ tools, prompt, again, stream, resize, trials, gated, expects }),
    ...(Array.isArray(steps) && steps.length > 0 ? { steps } : {}),
    ...(Array.isArray(expect) && expect.length > 0 ? { expect } : {}),
  };
  const plain = JSON.parse(JSON.stringify(written)) as unknown;
  const checked = checkShape(plain, scenarioSchema);
  if (checked.ok) return checked.value;
  throw refused(
    checked.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"),
    "Correct it on the page.",
  );
}

/** A mock's file as the scenario's file names it. */
function beside<M extends { readonly file?: string }>(mock: M, { root = "" }: Widget): M {
  return mock.file === undefined ? mock : { ...mock, file: shownPath(mock.file, root) };
}

type Lists = Readonly<Record<string, readonly string[]>>;

const PATHS = {
  "ui.csp": ["_meta", "ui", "csp"],
  "openai/widgetCSP": ["_meta", "openai/widgetCSP"],
} as const satisfies Record<keyof DeclaredLists, readonly string[]>;
const LIST_NAME = /^[A-Za-z_]{1,40}$/;
const ENTRY = /^[^\s"'\\]{1,300}$/;

/** @throws SandglassError for what is no declaration */
function declaredIn(lists: DeclaredLists): (readonly [readonly string[], Lists])[] {
  const keys = (Object.keys(PATHS) as (keyof DeclaredLists)[]).filter((key) => isRecord(lists) && lists[key]);
  const found = keys.map((key) => [PATHS[key], lists[key] ?? {}] as const);
  const isInOrder = found.every(([, own]) =>
    Object.entries(own).every(
      ([name, entries]) =>
        LIST_NAME.test(name) &&
        Array.isArray(entries) &&
        entries.every((one) => typeof one === "string" && ENTRY.test(one)),
    ),
  );
  if (found.length === 0 || !isInOrder) throw refused("That is no declaration.", "Edit the lists on the page.");
  return found;
}
