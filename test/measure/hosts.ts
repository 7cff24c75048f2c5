/** Hosts that npm has, and how a person would get from their first page to the probe's widget. */
import { join } from "node:path";
import type { Page } from "playwright";

export interface Host {
  /** Its folder, and the name of what is kept of it. */
  readonly name: string;
  /** What npm installs into its folder. */
  readonly packages: readonly string[];
  /** Program and arguments, in its folder. @param probe address of the probe */
  readonly command: (probe: string) => readonly string[];
  /** Its address, in what it prints. */
  readonly address: RegExp;
  readonly drive: (page: Page, probe: string) => Promise<void>;
}

const TOOL = "measure_host";
const TITLE = "Measure this host";
/** In node_modules of the host's folder. */
const installed = (...path: readonly string[]): string => join("node_modules", ...path);

export const hosts: readonly Host[] = [
  {
    name: "mcp-inspector",
    packages: ["@modelcontextprotocol/inspector@2.12.0"],
    command: (probe) => [
      installed("@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
      ...["--web", "--server-url", probe, "--transport", "http"],
    ],
    address: /http:\/\/127\.0\.0\.1:\d+\S*MCP_INSPECTOR_API_TOKEN=\S+/,
    async drive(page) {
      await page.getByRole("switch").or(page.locator("input[type=checkbox]")).first().click({ force: true });
      await page.getByText("Apps", { exact: true }).first().click();
      await page.locator("button", { hasText: TITLE }).first().click();
      await page.locator("button", { hasText: "Open App" }).click();
    },
  },
  {
    name: "mcp-use-inspector",
    packages: ["@mcp-use/inspector@20.3.10"],
    command: (probe) => [
      installed("@mcp-use/inspector/dist/cli.js"),
      ...["--url", probe, "--port", "4520", "--no-open"],
    ],
    address: /http:\/\/localhost:\d+\/inspector/,
    async drive(page) {
      await page.locator("button", { hasText: TOOL }).first().click();
      await page.getByPlaceholder(/attempts/).press("Enter");
    },
  },
  {
    name: "sunpeak",
    packages: ["sunpeak@0.20.79"],
    command: (probe) => [installed("sunpeak/bin/sunpeak.js"), "inspect", "--server", probe, "--port", "4530"],
    address: /http:\/\/127\.0\.0\.1:4530\//,
    async drive(page) {
      await page.locator("select").filter({ hasText: TITLE }).first().selectOption({ label: TITLE });
      await page.getByRole("button", { name: "Run", exact: true }).click();
    },
  },
  {
    name: "mcpjam",
    packages: ["@mcpjam/inspector@1.0.24"],
    command: () => [installed("@mcpjam/inspector/bin/start.js"), "--port", "4540"],
    address: /http:\/\/(?:127\.0\.0\.1|localhost):4540/,
    async drive(page, probe) {
      await page.getByText("continue as guest").click();
      await page.getByText("Add Your First Server").click();
      await page.getByPlaceholder("my-mcp-server").fill("probe");
      await page.locator("button", { hasText: "STDIO" }).click();
      await page.getByRole("option", { name: /HTTP/ }).first().click();
      await page.getByPlaceholder(/^http/).fill(probe);
      await page.getByRole("dialog").getByRole("button", { name: "Add Server" }).click();
      await page.getByRole("button", { name: "Tools", exact: true }).first().click();
      await page.getByText(TOOL).first().click();
      await page.locator("input[type=checkbox], [role=checkbox]").last().click();
      await page.locator("button", { hasText: "Execute" }).click();
    },
  },
  {
    name: "mcp-ui",
    packages: [
      "@mcp-ui/client@7.1.1",
      "@modelcontextprotocol/ext-apps@2.0.4",
      ...["@modelcontextprotocol/sdk", "react", "react-dom", "esbuild"],
    ],
    command: (probe) => [join(import.meta.dirname, "mcp-ui-page.mjs"), probe],
    address: /http:\/\/localhost:\d+\//,
    // The page calls the tool itself.
    drive: () => Promise.resolve(),
  },
];
