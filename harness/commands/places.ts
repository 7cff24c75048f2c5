/** Lines of the checkout for what a result speaks of, where it does not name one itself: JSON paths, and what a server declares. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { placeInFile } from "../config/place-in-file.ts";
import { defined } from "../model/defined.ts";
import type { SourceInfo, Where } from "../model/evidence.ts";
import type { CheckResult, Finding, RunResult } from "../model/result.ts";
import { scanText } from "../scan/index.ts";
import { registrationsIn, startedFile, type Registrations } from "../sources/registrations.ts";

export interface PlacesAsked {
  /** Folder that paths of the result are relative to; absolute. */
  readonly cwd: string;
  /** Folder that the server runs in; absolute. Default `cwd`. */
  readonly serverCwd?: string;
  /** Config file; absolute. */
  readonly config?: string;
  /** Lines of a server's source are looked for in all of the checkout, where its command starts no file of it. Default false. */
  readonly registrations?: boolean;
}

/** What is named where nothing else is, the first that is there. */
const PROJECT_FILES = ["package.json", "pyproject.toml", "go.mod", "Cargo.toml", "composer.json", "Gemfile"];

/** Root of the repository around a folder, or the folder itself. */
export function repositoryRoot(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(resolve(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

/** The folder as it is called from the root of its repository; empty: it is the root. */
export const folderInRepository = (cwd: string): string => relative(repositoryRoot(cwd), cwd).split(sep).join("/");

/** Characters of a line that are shown. */
const LONGEST_EXCERPT = 200;

/** Masked before it is cut: half a secret is not known for one. */
const shownOf = (line: string): string => scanText(line, "html").masked.slice(0, LONGEST_EXCERPT);

/** The result with a line where JSON paths have none, and with `declaredAt` where a finding names no file of the checkout. */
export async function withPlaces(result: RunResult, asked: PlacesAsked): Promise<RunResult> {
  const finder = new PlaceFinder(asked);
  const runs = await Promise.all(
    result.runs.map(async (run) => {
      const declaredAt = await finder.declarationOf(run.source);
      const checks = await finder.checks(run.checks, run.source);
      return { ...run, checks, ...defined({ declaredAt }) };
    }),
  );
  const servers = await Promise.all(
    (result.servers ?? []).map(async (server) => {
      const source = { kind: "mcp", server: server.server, uri: "" } as const;
      const declaredAt = await finder.declarationOf(source);
      return { ...server, checks: await finder.checks(server.checks, source), ...defined({ declaredAt }) };
    }),
  );
  return { ...result, runs, ...(result.servers ? { servers } : {}) };
}

class PlaceFinder {
  readonly #asked: PlacesAsked;
  readonly #texts = new Map<string, Promise<string | null>>();
  /** By command line: a server may have as many findings as tools. */
  readonly #startedFiles = new Map<string, Where | undefined>();
  readonly #registrations = new Map<string | undefined, Promise<Registrations>>();

  constructor(asked: PlacesAsked) {
    this.#asked = asked;
  }

  checks(checks: readonly CheckResult[], source: SourceInfo): Promise<CheckResult[]> {
    return Promise.all(
      checks.map(async (check) => ({
        ...check,
        findings: await Promise.all(check.findings.map((finding) => this.#placed(finding, source))),
      })),
    );
  }

  async #placed(finding: Finding, source: SourceInfo): Promise<Finding> {
    const where = await this.#withLine(finding.where);
    if (this.#isOfCheckout(where)) return where === finding.where || !where ? finding : { ...finding, where };
    const subject = where?.subject ?? finding.data.tool;
    const declaredAt =
      source.kind === "mcp" && typeof subject === "string" ? await this.#registrationOf([subject], source) : null;
    return declaredAt ? { ...finding, declaredAt } : finding;
  }

  /** Of a widget that a server declares; a folder and a file stand for themselves. */
  async declarationOf(source: SourceInfo): Promise<Where | undefined> {
    if (source.kind !== "mcp") return undefined;
    const names = [source.uri, source.tool ?? ""].filter((name) => name !== "");
    const registered = this.#asked.registrations ? await this.#registrationOf(names, source) : null;
    return registered ?? this.#started(source.server) ?? this.#projectFile();
  }

  async #registrationOf(names: readonly string[], { server }: { readonly server: string }): Promise<Where | null> {
    const entry = this.#started(server)?.file;
    // Without a file that it starts, the source of a server is looked for only where a report cannot do without a line.
    if (names.length === 0 || (entry === undefined && !this.#asked.registrations)) return null;
    const registrations = await this.#registrationsOf(entry);
    const place = names.map((name) => registrations.placeOf(name)).find((one) => one !== null) ?? null;
    return place?.excerpt === undefined ? place : { ...place, excerpt: shownOf(place.excerpt) };
  }

  #registrationsOf(entry: string | undefined): Promise<Registrations> {
    const { cwd } = this.#asked;
    const known =
      this.#registrations.get(entry) ?? registrationsIn(cwd, entry === undefined ? undefined : resolve(cwd, entry));
    this.#registrations.set(entry, known);
    return known;
  }

  /** The file of the checkout that the server's command line starts. */
  #started(commandLine: string): Where | undefined {
    if (!this.#startedFiles.has(commandLine)) this.#startedFiles.set(commandLine, this.#startedBy(commandLine));
    return this.#startedFiles.get(commandLine);
  }

  #startedBy(commandLine: string): Where | undefined {
    const { cwd, serverCwd = cwd } = this.#asked;
    const file = startedFile(commandLine, { root: cwd, cwd: serverCwd });
    return file === undefined ? undefined : { url: file, file };
  }

  #projectFile(): Where | undefined {
    const { cwd, config } = this.#asked;
    const file =
      config === undefined ? PROJECT_FILES.find((name) => existsSync(resolve(cwd, name))) : relative(cwd, config);
    return file === undefined ? undefined : { url: file.split(sep).join("/"), file: file.split(sep).join("/") };
  }

  /** `widget.json: _meta.ui.csp` gets its line. */
  async #withLine(where: Where | undefined): Promise<Where | undefined> {
    if (where?.file === undefined || where.path === undefined || where.line !== undefined) return where;
    const text = await this.#textOf(where.file);
    return text === null ? where : { ...where, ...(await placeInFile(where.file, text, segmentsOf(where.path))) };
  }

  #textOf(file: string): Promise<string | null> {
    const known = this.#texts.get(file);
    if (known) return known;
    // A file that is gone has no line to show.
    const text = readFile(resolve(this.#asked.cwd, file), "utf8").catch(() => null);
    this.#texts.set(file, text);
    return text;
  }

  #isOfCheckout(where: Where | undefined): boolean {
    const path = where?.file ?? where?.url;
    return path !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(path) && existsSync(resolve(this.#asked.cwd, path));
  }
}

/** `["a key"]`, `[0]` and `.name`. */
const SEGMENTS = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** `_meta["openai/widgetCSP"].connect_domains[0]` → its four steps. */
const segmentsOf = (path: string): (string | number)[] =>
  [...path.matchAll(SEGMENTS)].map(([, key, index, name]) =>
    index === undefined ? (key ?? name ?? "") : Number(index),
  );
