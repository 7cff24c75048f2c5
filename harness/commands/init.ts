/** `sandglass init`: finds what a project has, and writes a config, a first scenario for each tool, a workflow and a script. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { applyEdits, modify } from "jsonc-parser";
import { configText, SCRIPT, workflowText } from "../init/files.ts";
import { CONFIG_FILES } from "../config/index.ts";
import { factsOf, WORKFLOW, type ProjectFacts } from "../init/find.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import { defined } from "../model/defined.ts";
import type { Scenario } from "../model/widget.ts";
import { safeLines } from "../report/shared/text.ts";
import { EXIT, type Io } from "./io.ts";
import { serverEnvironment } from "./server-environment.ts";
import type { InitOptions } from "./options.ts";
import { writeText } from "./output.ts";

const CONFIG = "sandglass.config.json";
/** How long the project's server may take to answer, milliseconds. */
const SERVER_MS = 30_000;

interface Target {
  readonly mcp?: string;
  readonly mcpStdio?: string;
  readonly targets?: readonly string[];
}

/** @throws SandglassError `NO_WIDGETS`, and what loading the server throws */
export async function init(options: InitOptions, io: Io): Promise<number> {
  const facts = factsOf(io.cwd);
  const target = targetOf(options, facts, io.cwd);
  const kept = CONFIG_FILES.find((file) => facts.present.includes(file));
  const plan = planOf(facts, target, kept);
  io.out(`${[...foundLines(facts, target), "", ...plan.lines].map(safeLines).join("\n")}\n`);
  if (plan.count === 0) return done(io, "Everything is there.");
  if (!(await isAgreed(options, kept === undefined ? target : {}, io))) return EXIT.undecided;
  if (kept === undefined) {
    const tools = await toolsOf(target, io);
    await writeText(join(io.cwd, CONFIG), configText({ ...target, tools }));
    io.out(`${safeLines(`wrote ${CONFIG}: ${toolLines(tools)}`)}\n`);
  }
  if (plan.workflow) {
    const file = join(facts.checkout.root, WORKFLOW);
    await writeText(
      file,
      workflowText({ ...facts, needsServer: target.mcp !== undefined, builds: isBuilt(facts, target) }),
    );
    io.out(`${safeLines(`wrote ${relative(io.cwd, file)}`)}\n`);
  }
  if (plan.script) {
    await writeText(join(io.cwd, "package.json"), withScript(readFileSync(join(io.cwd, "package.json"), "utf8")));
    io.out(`wrote package.json: script ${SCRIPT.name}\n`);
  }
  return done(io, "");
}

/** What is checked lies where builds write to, and a script makes it. */
const isBuilt = ({ packageScripts }: ProjectFacts, { mcpStdio = "", targets = [] }: Target): boolean =>
  Object.hasOwn(packageScripts ?? {}, "build") &&
  [mcpStdio, ...targets].some((text) => /(?:^|[\s/'])(?:dist|build|out)\//.test(text));

function done(io: Io, text: string): number {
  io.out(`${text}${text === "" ? "" : "\n"}\nNext: npx sandglass check\n`);
  return EXIT.clean;
}

/** What the user names goes before what was found. */
function targetOf({ mcp, mcpStdio }: InitOptions, facts: ProjectFacts, cwd: string): Target {
  if (mcp !== undefined || mcpStdio !== undefined) return defined({ mcp, mcpStdio });
  if (facts.command !== null) return { mcpStdio: facts.command };
  if (facts.url !== null) return { mcp: facts.url };
  if (facts.hasWidgetFolders) return {};
  if (facts.pages.length > 0) return { targets: facts.pages };
  throw nothingFound(facts, cwd);
}

function nothingFound({ packages: [first, ...others], framework }: ProjectFacts, cwd: string): SandglassError {
  if (first !== undefined)
    return new SandglassError(
      "NO_WIDGETS",
      `${cwd} holds no MCP server itself; ${[first, ...others].join(", ")} does.`,
      `Run init there: cd ${first}`,
    );
  return new SandglassError(
    "NO_WIDGETS",
    framework === null
      ? `${cwd} holds no MCP server, no widgets/**/widget.json and no built page that init knows.`
      : `${framework} is in package.json, but init does not see how its server is started or where it listens.`,
    'Name the server: --mcp http://localhost:3000/mcp of one that runs, or --mcp-stdio "COMMAND". For a page, build it first.',
  );
}

const foundLines = ({ framework }: ProjectFacts, { mcp, mcpStdio, targets = [] }: Target): string[] => {
  const by = framework === null ? "" : ` (${framework})`;
  if (mcpStdio !== undefined) return [`Found: an MCP server over stdio${by}: ${mcpStdio}`];
  if (mcp !== undefined) return [`Found: an MCP server over HTTP${by}: ${mcp}`];
  return [targets.length > 0 ? `Found: ${targets.join(", ")}` : "Found: widget folders in widgets/"];
};

function planOf(facts: ProjectFacts, { mcpStdio, mcp }: Target, kept: string | undefined) {
  const workflow = facts.ci !== "gitlab" && !facts.present.includes(WORKFLOW);
  const script = facts.packageScripts !== null && !Object.hasOwn(facts.packageScripts, SCRIPT.name);
  const server = mcpStdio ?? mcp;
  const asks =
    server === undefined ? "" : `, after asking ${server} for its tools; those that only read are called once`;
  const lines = [
    kept === undefined ? `  write ${CONFIG}${asks}` : `  keep  ${kept}`,
    workflowLine(facts, workflow),
    ...(script ? [`  add   script "${SCRIPT.name}": "${SCRIPT.command}" to package.json`] : []),
  ];
  return { workflow, script, lines, count: Number(kept === undefined) + Number(workflow) + Number(script) };
}

function workflowLine({ ci }: ProjectFacts, isWritten: boolean): string {
  if (isWritten) return `  write ${WORKFLOW}`;
  return ci === "gitlab" ? "  for GitLab: docs/ci.md shows what to add" : `  keep  ${WORKFLOW}`;
}

async function isAgreed({ yes }: InitOptions, { mcpStdio }: Target, io: Io): Promise<boolean> {
  if (yes) return true;
  if (!io.ask) {
    io.out("\nNothing was written: run it again with --yes.\n");
    return false;
  }
  const what = mcpStdio === undefined ? "Write them?" : "Start the server and write them?";
  return /^(y|yes|)$/i.test((await io.ask(`\n${what} [Y/n] `)).trim());
}

/** What each tool with a widget was called with; null for one that was not called, as it may write. */
async function toolsOf(target: Target, io: Io): Promise<ReadonlyMap<string, Scenario | null>> {
  if (target.mcp === undefined && target.mcpStdio === undefined) return new Map();
  const { loadTarget } = await import("../sources/index.ts");
  const loaded = await loadTarget({
    targets: [],
    cwd: io.cwd,
    ...serverEnvironment(io.env, {}),
    timeoutMs: SERVER_MS,
    ...defined({ mcp: target.mcp, mcpStdio: target.mcpStdio }),
  });
  try {
    for (const line of loaded.warnings) io.err(`${safeLines(line)}\n`);
    return new Map(
      loaded.widgets.flatMap(({ tool, scenarios: [first] }) =>
        tool && first ? [[tool.name, first.inventedResult || first.noResult ? null : first] as const] : [],
      ),
    );
  } finally {
    await loaded.close();
  }
}

function toolLines(tools: ReadonlyMap<string, Scenario | null>): string {
  const called = [...tools].flatMap(([name, scenario]) => (scenario === null ? [] : [name]));
  const left = [...tools].flatMap(([name, scenario]) => (scenario === null ? [name] : []));
  return [
    called.length > 0 ? `a scenario for ${called.join(", ")}` : "no scenario",
    ...(left.length > 0
      ? [
          `none for ${left.join(", ")}: what may write is not called unasked, and what was called gave no result, so give toolInput or toolOutput yourself`,
        ]
      : []),
  ].join("; ");
}

/** With its own indentation kept. @throws SandglassError `BAD_USAGE` */
function withScript(text: string): string {
  const [, indent = "  "] = /\n([ \t]+)"/.exec(text) ?? [];
  const formattingOptions = { insertSpaces: !indent.includes("\t"), tabSize: indent.length };
  try {
    return applyEdits(text, modify(text, ["scripts", SCRIPT.name], SCRIPT.command, { formattingOptions }));
  } catch (error) {
    throw new SandglassError("BAD_USAGE", `package.json cannot be changed: ${messageOf(error)}`, "Correct it first.");
  }
}
