/** The commands: what each takes, and what it runs. What a command needs is loaded when it is called. */
import type { Io } from "./io.ts";
import { readOptions, type OptionsOf, type OptionTable } from "./option-kinds.ts";
import {
  allowlistOptions,
  checkOptions,
  devOptions,
  doctorOptions,
  initOptions,
  installOptions,
  loginOptions,
  mergeOptions,
  probeOptions,
  readyOptions,
  recordOptions,
  snapshotOptions,
} from "./options.ts";

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly argument?: { readonly name: string; readonly help: string };
  readonly options: OptionTable;
  /** Exit code. @param written options as the command line gave them. @throws SandglassError */
  readonly run: (args: readonly string[], written: Readonly<Record<string, unknown>>, io: Io) => Promise<number>;
}

/** Ties a table of options to the function that is given them. */
function command<const Table extends OptionTable>(spec: {
  readonly name: string;
  readonly summary: string;
  readonly argument?: { readonly name: string; readonly help: string };
  readonly options: Table;
  readonly run: (args: readonly string[], options: OptionsOf<Table>, io: Io) => Promise<number>;
}): CommandSpec {
  return { ...spec, run: (args, written, io) => spec.run(args, readOptions(spec.options, written), io) };
}

const target = {
  name: "[target...]",
  help: "widget folders, folders of them, built .html files, or ui:// names of the server",
};

export const commands: readonly CommandSpec[] = [
  command({
    name: "check",
    summary: "render headless, judge, and set the exit code: 0 clean, 1 findings, 2 could not judge",
    argument: target,
    options: checkOptions,
    run: async (...given) => (await import("./check.ts")).check(...given),
  }),
  command({
    name: "allowlist",
    summary: "which domains the widget needs, in which list, proven",
    argument: target,
    options: allowlistOptions,
    run: async (...given) => (await import("./allowlist.ts")).allowlist(...given),
  }),
  command({
    name: "dev",
    summary: "open a local page that renders the widget as ChatGPT would, with live panels",
    argument: target,
    options: devOptions,
    run: async (...given) => (await import("./dev.ts")).dev(...given),
  }),
  command({
    name: "record",
    summary: "keep one live call as a scenario with mocks: --network live --scenario NAME",
    argument: target,
    options: recordOptions,
    run: async (...given) => (await import("./record.ts")).record(...given),
  }),
  command({
    name: "merge",
    summary: "join JSON results of shards",
    argument: { name: "<file...>", help: "files that check --format json=FILE wrote" },
    options: mergeOptions,
    run: async (...given) => (await import("./merge.ts")).merge(...given),
  }),
  command({
    name: "snapshot",
    summary: "keep what a review sees of an MCP server, for check --snapshot",
    options: snapshotOptions,
    run: async (_args, options, io) => (await import("./snapshot.ts")).snapshot(options, io),
  }),
  command({
    name: "ready",
    summary: "the submission's list, item by item: tested, for a person to look at, not given",
    options: readyOptions,
    run: async (_args, options, io) => (await import("./ready.ts")).ready(options, io),
  }),
  command({
    name: "login",
    summary: "log in at an MCP server (OAuth 2.1, PKCE); what is kept is used for this server alone",
    options: loginOptions,
    run: async (_args, options, io) => (await import("./login.ts")).login(options, io),
  }),
  command({
    name: "probe",
    summary: "measure a host with a widget of its own; compare it with a profile, make a profile of it",
    argument: { name: "<words...>", help: "serve; or read, compare or profile, and a FILE" },
    options: probeOptions,
    run: async (...given) => (await import("./probe.ts")).probe(...given),
  }),
  command({
    name: "explain",
    summary: "the page of a check; without an id, the list",
    argument: { name: "[check-id]", help: "e.g. csp/blocked-request" },
    options: {},
    run: async ([id], _options, io) => (await import("./explain.ts")).explain(id, io),
  }),
  command({
    name: "hosts",
    summary: "the hosts that are known, how old and how sure their facts are; of one, each fact with its source",
    argument: { name: "[id]", help: "e.g. claude-desktop" },
    options: {},
    run: async ([id], _options, io) => (await import("./hosts.ts")).hosts(id, io),
  }),
  command({
    name: "init",
    summary: "write a config, a first scenario for each tool, a workflow and a script, from what is there",
    options: initOptions,
    run: async (_args, options, io) => (await import("./init.ts")).init(options, io),
  }),
  command({
    name: "mcp",
    summary: "an MCP server over stdio, for coding agents: check, allowlist, explain, hosts",
    options: {},
    run: async (_args, _options, io) => (await import("./mcp.ts")).mcp(io),
  }),
  command({
    name: "doctor",
    summary: "is everything there that a check needs?",
    options: doctorOptions,
    run: async (_args, options, io) => (await import("./doctor.ts")).doctor(options, io),
  }),
  command({
    name: "install-browser",
    summary: "bring a Chromium, if there is none",
    options: installOptions,
    run: async (_args, options, io) => (await import("./install-browser.ts")).installBrowser(options, io),
  }),
];
