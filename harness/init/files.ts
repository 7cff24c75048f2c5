/** The files that `sandglass init` writes. Pure. */
import type { Scenario } from "../model/widget.ts";

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
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** @param start command that starts a server over HTTP before the check; null for none */
export const workflowText = (needsServer: boolean): string => `name: widgets
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx sandglass install-browser
${needsServer ? "      # The server of `mcp` in sandglass.config.json has to run by here: start it in a step of its own.\n" : ""}      - run: npx sandglass check --format github --format markdown=summary.md
      - if: always()
        run: cat summary.md >> "$GITHUB_STEP_SUMMARY"
`;

export const SCRIPT = { name: "check:widgets", command: "sandglass check" } as const;
