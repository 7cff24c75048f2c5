/** The shape of a config file: its type, its validator, the tables of docs/reference.md and `schema.json` are made of this. */
import { z } from "zod";
import { DEFAULTS } from "../model/defaults.ts";
import { ALL_TRIALS, TRIALS } from "../model/evidence.ts";
import { DEFAULT_LIMITS, LIMIT_RANGES } from "../model/limits.ts";
import { buildSchema } from "./build-schema.ts";
import { choice, flag, schemaAddress, text, textByName, texts, whole } from "./fields.ts";
import { scenariosOrFileSchema } from "./scenario.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date such as 2027-01-31");

const allowed = z
  .strictObject(
    {
      fingerprint: z
        .string({ error: "must be the fingerprint that a report prints" })
        .regex(/^[0-9a-f]{16}$/, "must be the 16 hex digits that a report prints")
        .describe("The finding's fingerprint, as reports print it."),
      reason: z
        .string({ error: "is needed: say why the finding may stand" })
        .trim()
        .min(1, "is needed: say why the finding may stand")
        .describe("Why it may stand."),
      expires: day.describe("Last day on which it may stand, e.g. `2027-01-31`. Default: none.").exactOptional(),
    },
    { error: "must be an object of fingerprint and reason" },
  )
  .meta({ id: "allowedFinding", description: "A finding that may stand." });

const limit = (name: keyof typeof LIMIT_RANGES, meaning: string) =>
  whole(LIMIT_RANGES[name].least, LIMIT_RANGES[name].most)
    .describe(`${meaning} Default ${DEFAULT_LIMITS[name]}.`)
    .exactOptional();

const limits = z
  .strictObject(
    {
      runMs: limit("runMs", "Limit of one rendering, milliseconds; `--timeout` wins."),
      quietMs: limit("quietMs", "How long nothing must happen before a rendering counts as settled, milliseconds."),
      lifeMs: limit(
        "lifeMs",
        "How much of the widget's life is seen, milliseconds of its own clock, which runs ahead of ours once it has come to rest; `--life` wins.",
      ),
      lifeRealMs: limit("lifeRealMs", "What seeing that life may take, milliseconds of real time."),
      records: limit("records", "Records kept of each kind of evidence; more are counted."),
    },
    { error: "must be an object" },
  )
  .meta({ id: "limits", description: "Limits of one rendering." });

export const configSchema = z
  .strictObject(
    {
      $schema: schemaAddress.exactOptional(),
      targets: texts
        .describe(
          "Widget folders, folders of them, built `.html` files, or `ui://` names of the server; relative to the config. Default: the folder `widgets`.",
        )
        .exactOptional(),
      build: buildSchema
        .describe("Build that is run before anything is loaded, and again in `dev` when what it is made of changes.")
        .exactOptional(),
      allowBuild: flag
        .describe(`Run the \`build\` of each \`widget.json\`, too. Default ${DEFAULTS.allowBuild}.`)
        .exactOptional(),
      mcp: z
        .url({ protocol: /^https?$/, error: "must be an http or https URL" })
        .describe("MCP server over streamable HTTP.")
        .exactOptional(),
      mcpStdio: text.describe("Command line of an MCP server over stdio, run in the config's folder.").exactOptional(),
      mcpEnv: texts
        .describe(
          "Names of variables that are handed on to `mcpStdio`, though their names or values say that they are secrets.",
        )
        .exactOptional(),
      allowCalls: flag
        .describe(
          `Call tools that do not say that they only read (\`annotations.readOnlyHint\`) with arguments of their schema or invented. Default ${DEFAULTS.allowCalls}.`,
        )
        .exactOptional(),
      mcpHeaders: textByName("header names to text")
        .describe("Headers sent to `mcp`, e.g. `authorization`; take secrets from the environment.")
        .exactOptional(),
      profile: z
        .union([text, texts.min(1, "must name a profile")], { error: "must be a profile id or a list of them" })
        .describe(`Hosts to check under. Default \`${DEFAULTS.profile}\`.`)
        .exactOptional(),
      profiles: texts
        .describe(
          "Paths of host profiles of your own (JSON, YAML or TypeScript), each of which `extends` a built-in one.",
        )
        .exactOptional(),
      assume: textByName("names of contested facts to values")
        .describe('Contested facts of hosts, settled: `{ "clipboard-write": "granted" }`.')
        .exactOptional(),
      scenarios: z
        .record(z.string(), scenariosOrFileSchema, { error: "must map tool or widget names to scenarios" })
        .describe(
          "Tool or widget name → scenario name → scenario; or → the path of a YAML or JSON file that holds its scenarios.",
        )
        .exactOptional(),
      failOn: z
        .enum(["error", "warning"], { error: "must be error or warning" })
        .describe(`Severity from which on a finding fails the run. Default \`${DEFAULTS.failOn}\`.`)
        .exactOptional(),
      allow: z.array(allowed, { error: "must be a list" }).describe("Findings that may stand.").exactOptional(),
      checks: z
        .record(
          z.string().regex(/^[a-z]+\/[a-z-]+$/),
          z.enum(["off", "error", "warning", "info"], { error: "must be off, error, warning or info" }),
          { error: "must map check ids to off, error, warning or info" },
        )
        .describe("Check id → severity, or `off` to leave the check out.")
        .exactOptional(),
      personalData: flag.describe(`Look for personal data in props. Default ${DEFAULTS.personalData}.`).exactOptional(),
      trials: z
        .array(choice(ALL_TRIALS), { error: `must be a list of ${ALL_TRIALS.join(", ")}` })
        .describe(`Trials of \`check\`; \`--trials\` wins. Default: ${TRIALS.map((name) => `\`${name}\``).join(", ")}.`)
        .exactOptional(),
      limits: limits.exactOptional(),
    },
    { error: "must be an object: export default defineConfig({ … })" },
  )
  .meta({ id: "config", description: "`sandglass.config.{ts,js,mjs,json,yaml}`." });
