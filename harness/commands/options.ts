/** Every option of every command: its name, its type, its help. The command line, the help and docs/reference.md are made of these. */
import { DECLARATIONS } from "../../host/probe/plan.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { ALL_TRIALS, TRIALS } from "../model/evidence.ts";
import { DEFAULT_LIMITS, LIMIT_RANGES } from "../model/limits.ts";
import {
  choice,
  choices,
  flag,
  hostPorts,
  named,
  negation,
  pairs,
  part,
  share,
  span,
  switchOrWhole,
  text,
  texts,
  whole,
  type OptionsOf,
  type OptionTable,
  variables,
} from "./option-kinds.ts";

const targetOptions = {
  mcp: text("url", "MCP server over streamable HTTP"),
  mcpStdio: text("command", 'MCP server over stdio, e.g. "npx -y @modelcontextprotocol/server-map --stdio"'),
  header: named(
    "name=value",
    "header sent to the MCP server of --mcp; may be given again",
    '"authorization=Bearer TOKEN"',
  ),
  token: text("token", "bearer token for the server of --mcp; default: that of `sandglass login`"),
  env: variables(
    "name[=value]",
    "variable for the server of --mcp-stdio: set, or, where it is a secret, handed on; may be given again",
    "API_KEY, or API_URL=https://api.example.com",
  ),
  cwd: text("dir", "folder that the server of --mcp-stdio runs in", { fallback: "this folder" }),
  allowCalls: flag("call tools that do not say that they only read, with arguments of their schema or invented"),
  allowBuild: flag("run the build that a widget.json names; else only that of the config is run"),
  config: text("file", "config file", { fallback: "sandglass.config.{ts,js,mjs,json,yaml} in this folder" }),
  profile: texts("ids", "hosts, by comma, or all", { fallback: `${DEFAULTS.profile}, as published` }),
  scenario: text("name", "only this scenario"),
  assume: pairs("name=value", "settle a contested fact, e.g. clipboard-write=granted", "clipboard-write=granted"),
  browserPath: text("file", "Chromium to use"),
  browserEndpoint: text(
    "url",
    "running Chromium to use: its DevTools address, or a Playwright server (npx playwright run-server)",
  ),
} satisfies OptionTable;

const networkOptions = {
  network: choice(
    "mode",
    ["off", "live"],
    "off: mocks, recordings and stubs answer; live: the network does",
    DEFAULTS.network,
  ),
  deployedOrigin: text("origin", "judge a local MCP server as the one that will be at this origin, and have it answer"),
  allowLocal: hostPorts(
    "host:port",
    "machine of this network that --network live may ask; may be given again",
    "localhost:3000",
  ),
  replay: text("file", "HAR file whose answers are given"),
  record: text("file", "HAR file to write, with --network live"),
  workers: whole("n", "renderings at a time", { least: 1, most: 16, fallback: DEFAULTS.workers }),
  timeout: whole("ms", "limit of one rendering", { ...LIMIT_RANGES.runMs, fallback: DEFAULT_LIMITS.runMs }),
  life: span("time", "how much of the widget's life is seen, by its own clock, e.g. 90s, 10m", {
    ...LIMIT_RANGES.lifeMs,
    fallback: `${DEFAULT_LIMITS.lifeMs / 1000}s`,
  }),
  explore: switchOrWhole("seed", "seed of the order in which things are pressed; for allowlist: press them", {
    bare: 1,
    least: 0,
    most: 2 ** 31 - 1,
  }),
  noExplore: negation("press nothing; `check` does by default, in a trial of its own"),
} satisfies OptionTable;

const checkOwn = {
  format: texts("format[=file]", "pretty, json, junit, sarif, github, agent, markdown or html; may be given again", {
    fallback: "pretty",
  }),
  only: texts(
    "areas",
    "only these areas, or checks by id, by comma: csp, metadata, tools/annotations; of a widget, evidence/complete too",
  ),
  skip: texts("areas", "not these areas, or checks by id"),
  failOn: choice("severity", ["error", "warning"], "severity from which on a finding fails the run", DEFAULTS.failOn),
  saveEvidence: text("dir", "keep what was observed"),
  evidence: text("dir", "judge kept evidence again, without a browser"),
  noCoverage: flag("do not measure what ran of the widget's code"),
  cache: text("dir", "take what was observed of unchanged renderings from there, and keep it there"),
  trials: choices("names", ALL_TRIALS, "renderings of each widget, by comma", TRIALS.join(",")),
  shard: part("i/n", "only this part of the renderings"),
  snapshot: text("file", "what was reviewed, kept by `sandglass snapshot`: say what each change since then costs"),
  release: flag("what differs from the snapshot is submitted as a new version"),
  badToken: named(
    "kind=token",
    "real token that the server must refuse: expired, audience (meant for another server) or scopes (fewer of them)",
    "expired=TOKEN",
  ),
  baseline: text("file", "findings in it are known and do not fail"),
  writeBaseline: text("file", "write today's findings as a baseline"),
  screenshots: text("dir", "keep a picture of each rendering: by host, scenario, theme and width"),
  compare: text("dir", "compare those pictures with the ones in there; one that is new is kept, in CI it is a finding"),
  mayDiffer: share("share", "pixels that may differ from a kept picture", "0.1%"),
  verbose: flag("show every directive"),
  timing: flag("show where the time goes"),
} satisfies OptionTable;

const allowlistOwn = {
  format: texts("format[=file]", "pretty, json, markdown or html; may be given again", { fallback: "pretty" }),
  write: text("file", "write the reviewable file, e.g. sandglass.allowlist.json"),
  check: text("file", "fail when the widget's domains are no longer those of the file"),
  diff: text("base", "what came, went or moved since a kept file, or since that of a commit, e.g. origin/main"),
} satisfies OptionTable;

const devOwn = {
  port: whole("n", "port of the page", { least: 0, most: 65_535, fallback: `${DEFAULTS.port}, or the next free one` }),
  open: flag("open it in a browser"),
  deployedOrigin: networkOptions.deployedOrigin,
  watch: texts("glob", "files whose change restarts the server of --mcp-stdio, too; !glob: files that never do", {
    fallback: "the local files that its command line leads to",
  }),
} satisfies OptionTable;

export const checkOptions = { ...targetOptions, ...networkOptions, ...checkOwn } satisfies OptionTable;
export const allowlistOptions = { ...targetOptions, ...networkOptions, ...allowlistOwn } satisfies OptionTable;
export const devOptions = { ...targetOptions, ...devOwn } satisfies OptionTable;
const recordOwn = {
  tool: text("name", "tool of the server whose widget is recorded"),
  input: text("json", "arguments that --tool is called with; default: those of its scenario, or of its schema"),
  write: flag("write the scenario where the widget's scenarios are; default: standard output"),
  overwrite: flag("in place of a scenario of that name"),
} satisfies OptionTable;

export const recordOptions = { ...targetOptions, ...networkOptions, ...recordOwn } satisfies OptionTable;
export const mergeOptions = { format: checkOwn.format } satisfies OptionTable;
const serverOptions = {
  mcp: targetOptions.mcp,
  mcpStdio: targetOptions.mcpStdio,
  header: targetOptions.header,
  token: targetOptions.token,
  env: targetOptions.env,
  cwd: targetOptions.cwd,
  config: targetOptions.config,
} satisfies OptionTable;

export const snapshotOptions = {
  ...serverOptions,
  write: text("file", "file to write; default: standard output"),
} satisfies OptionTable;
export const loginOptions = {
  mcp: text("url", "MCP server to log in at"),
  scope: text("scopes", "scopes to ask for", { fallback: "what the server's challenge names" }),
  clientId: text("id", "client that was registered by hand"),
  clientMetadata: text("url", "https address of a client metadata document, instead of registration"),
  port: whole("n", "port of loopback to come back to", { least: 0, most: 65_535, fallback: "any" }),
  open: flag("open the system's browser; else the address is shown"),
  forget: flag("remove what is kept for this server"),
} satisfies OptionTable;
export const readyOptions = {
  ...serverOptions,
  result: texts(
    "file",
    "result that `check --format json=FILE` wrote, instead of asking the server; may be given again",
  ),
  submission: text("file", "chatgpt-app-submission.json: look it through, and compare it with the server"),
  draft: text("file", "begin such a file, from the server and its scenarios; what only you know is marked TODO"),
  screenshots: text("dir", "render each scenario as the submission takes pictures: 706 pixels wide, 400 to 860 tall"),
  browserPath: targetOptions.browserPath,
  domainChallenge: text("token", "look up /.well-known/openai-apps-challenge, and compare it with this token"),
  format: choice("format", ["pretty", "markdown", "json"], "pretty, markdown or json", "pretty"),
} satisfies OptionTable;
export const probeOptions = {
  stdio: flag("serve: over stdio, for a host that starts its servers"),
  port: whole("n", "serve: port on this machine", { least: 0, most: 65_535, fallback: DEFAULTS.probePort }),
  publicUrl: text("url", "serve: https address of a tunnel of your own that leads to that port"),
  attempts: flag("serve: try what the host may refuse, unless the call says otherwise"),
  declare: choice(
    "how",
    DECLARATIONS,
    "serve: what the widget declares, and under which key; odd: wildcards and http too",
    "both",
  ),
  noDomain: negation("serve: declare no widget domain, for hosts that show no frame for one"),
  profile: texts("ids", "compare: hosts, by comma, or files of profiles", { fallback: DEFAULTS.profile }),
  write: text("file", "where it is kept; default: a name made of the host and the day"),
} satisfies OptionTable;
export const doctorOptions = { browserPath: text("file", "Chromium to try") } satisfies OptionTable;
export const initOptions = {
  yes: flag("ask nothing; without a terminal nothing is written otherwise"),
  mcp: targetOptions.mcp,
  mcpStdio: targetOptions.mcpStdio,
} satisfies OptionTable;
export const installOptions = { force: flag("even if there is one") } satisfies OptionTable;

export type TargetOptions = OptionsOf<typeof targetOptions>;
/** What names a rendering; `dev` takes none of the network's. */
export type RenderOptions = TargetOptions & OptionsOf<typeof networkOptions>;
export type CheckOptions = OptionsOf<typeof checkOptions>;
export type AllowlistOptions = OptionsOf<typeof allowlistOptions>;
export type DevOptions = OptionsOf<typeof devOptions>;
export type RecordOptions = OptionsOf<typeof recordOptions>;
export type SnapshotOptions = OptionsOf<typeof snapshotOptions>;
export type LoginOptions = OptionsOf<typeof loginOptions>;
export type ReadyOptions = OptionsOf<typeof readyOptions>;
export type ProbeOptions = OptionsOf<typeof probeOptions>;
export type DoctorOptions = OptionsOf<typeof doctorOptions>;
export type InitOptions = OptionsOf<typeof initOptions>;
export type InstallOptions = OptionsOf<typeof installOptions>;

/** As docs/reference.md lists them: what commands share stands once. */
export const optionGroups: readonly { readonly title: string; readonly options: OptionTable }[] = [
  { title: "`check`, `allowlist`, `record` and `dev`", options: targetOptions },
  { title: "`check`, `allowlist` and `record`", options: networkOptions },
  { title: "`check`", options: checkOwn },
  { title: "`allowlist`", options: allowlistOwn },
  { title: "`dev`", options: devOwn },
  { title: "`record`", options: recordOwn },
  { title: "`merge`", options: mergeOptions },
  { title: "`snapshot`", options: snapshotOptions },
  { title: "`ready`", options: readyOptions },
  { title: "`login`", options: loginOptions },
  { title: "`probe`", options: probeOptions },
  { title: "`init`", options: initOptions },
  { title: "`doctor`", options: doctorOptions },
  { title: "`install-browser`", options: installOptions },
];
