/** The files that `sandglass init` writes. Pure. */
import { jsonText } from "../model/json-text.ts";
import type { Scenario } from "../model/widget.ts";
import type { Checkout } from "./checkout.ts";

export interface ConfigGiven {
  readonly mcp?: string;
  readonly mcpStdio?: string;
  readonly targets?: readonly string[];
  /** By tool: what it was called with; null where it was not called. */
  readonly tools: ReadonlyMap<string, Scenario | null>;
}

/** A first scenario for each tool that only reads: those that may write are left for a person to fill in. */
export function configText({ mcp, mcpStdio, targets = [], tools }: ConfigGiven): string {
  const scenarios = [...tools].flatMap(([tool, scenario]) =>
    scenario === null ? [] : [[tool, { default: { toolInput: scenario.toolInput ?? {} } }] as const],
  );
  const config = {
    $schema: "./node_modules/sandglass/schema.json",
    ...(mcp === undefined ? {} : { mcp }),
    ...(mcpStdio === undefined ? {} : { mcpStdio }),
    ...(targets.length > 0 ? { targets } : {}),
    ...(scenarios.length > 0 ? { scenarios: Object.fromEntries(scenarios) } : {}),
  };
  return `${jsonText(config)}\n`;
}

export interface WorkflowGiven {
  readonly checkout: Pick<Checkout, "folder" | "manager" | "lock">;
  /** A server over HTTP has to run before the check. */
  readonly needsServer: boolean;
  /** What is checked is made by the script `build`. */
  readonly builds: boolean;
}

/** GitHub reads workflows at the root of the checkout alone: what is below is named. */
export function workflowText({ checkout, needsServer, builds }: WorkflowGiven): string {
  const { folder, manager, lock } = checkout;
  const here = folder === "" ? [] : [`defaults: { run: { working-directory: ${JSON.stringify(folder)} } }`];
  const steps = [
    ...installSteps(manager, lock),
    ...(builds && manager !== null ? [`- run: ${manager} run build`] : []),
    "- run: npx --yes sandglass install-browser",
    ...(needsServer
      ? ["# The server of `mcp` in sandglass.config.json has to run by here: start it in a step of its own."]
      : []),
    "- run: npx --yes sandglass check --format github --format markdown=summary.md",
    "- if: always()",
    '  run: cat summary.md >> "$GITHUB_STEP_SUMMARY"',
  ];
  return [
    "name: widgets",
    "on: [push, pull_request]",
    ...here,
    "jobs:",
    "  check:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    ...["- uses: actions/checkout@v4", ...steps].map((line) => `      ${line}`),
    "",
  ].join("\n");
}

function installSteps(manager: Checkout["manager"], lock: string | null): string[] {
  const node = (cache: string): string =>
    `- uses: actions/setup-node@v4\n        with: { node-version: 22${cache === "" ? "" : `, cache: ${cache}`}${
      cache !== "" && lock?.includes("/") ? `, cache-dependency-path: ${JSON.stringify(lock)}` : ""
    } }`;
  if (manager === null)
    return [node(""), "# What the server needs has to be installed by here: add the steps of its language."];
  if (lock === null) return [node(""), "- run: npm install"];
  if (manager === "pnpm")
    return [
      "- uses: pnpm/action-setup@v4 # the version that `packageManager` in package.json names",
      node("pnpm"),
      "- run: pnpm install --frozen-lockfile",
    ];
  if (manager === "yarn") return ["- run: corepack enable", node("yarn"), "- run: yarn install"];
  if (manager === "bun") return ["- uses: oven-sh/setup-bun@v2", node(""), "- run: bun install --frozen-lockfile"];
  return [node("npm"), "- run: npm ci"];
}

export const SCRIPT = { name: "check:widgets", command: "sandglass check" } as const;
