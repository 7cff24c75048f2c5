/** Who wins between the command line, the config and the defaults, and what a target is cut into. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LoadedConfig } from "../../../harness/config/index.ts";
import {
  chooseTargets,
  planTargets,
  rootsOf,
  type LoadOptions,
  type TargetPlan,
} from "../../../harness/sources/plan.ts";
import { folderOf } from "./kit.ts";
import { containing } from "../../expecting.ts";

const PAGE = "<!doctype html><p>x</p>";
const ROOT = "/elsewhere";

function configOf(more: Partial<LoadedConfig>): LoadedConfig {
  return {
    file: `${ROOT}/sandglass.config.ts`,
    root: ROOT,
    targets: [],
    mcpHeaders: {},
    assume: {},
    allow: [],
    checks: {},
    personalData: true,
    profiles: [],
    scenarios: {},
    ...more,
  };
}

const planOf = (options: LoadOptions): TargetPlan => planTargets(chooseTargets(options), options);
const shape = ({ parts }: TargetPlan) => parts.map(({ kind, key }) => [kind, key]);

describe("who wins", () => {
  const cwd = folderOf({ "page.html": PAGE, "widgets/a/widget.json": {}, "widgets/b/widget.json": {} });
  const config = configOf({ targets: [`${ROOT}/w`, "ui://map"], mcpStdio: "node server.mjs" });

  it.each<[string, Omit<LoadOptions, "cwd">, readonly (readonly string[])[]]>([
    ["targets replace the config's", { targets: ["page.html"], config }, [["html", join(cwd, "page.html")]]],
    ["a ui:// name uses the config's server", { targets: ["ui://map"], config }, [["mcp-stdio", "node server.mjs"]]],
    [
      "a server replaces the config's targets and server",
      { targets: [], mcp: "http://localhost:1/mcp", config },
      [["mcp-url", "http://localhost:1/mcp"]],
    ],
    [
      "nothing given takes what the config names",
      { targets: [], config },
      [
        ["folder", `${ROOT}/w`],
        ["mcp-stdio", "node server.mjs"],
      ],
    ],
    [
      "a config that names nothing leaves the folder widgets",
      { targets: [], config: configOf({}) },
      [
        ["folder", join(cwd, "widgets/a")],
        ["folder", join(cwd, "widgets/b")],
      ],
    ],
    [
      "files and a server may be given together, files first",
      { targets: ["ui://x", "page.html"], mcpStdio: "node s.mjs" },
      [
        ["html", join(cwd, "page.html")],
        ["mcp-stdio", "node s.mjs"],
      ],
    ],
    [
      "a ui:// name without a server is a part that cannot be loaded",
      { targets: ["ui://x"] },
      [["resource", "ui://x"]],
    ],
  ])("%s", (_what, options, parts) => {
    expect(shape(planOf({ ...options, cwd }))).toEqual(parts);
  });

  it("two servers are one too many", () => {
    expect(() => chooseTargets({ targets: [], cwd, mcp: "http://a.example/mcp", mcpStdio: "node s.mjs" })).toThrow(
      expect.objectContaining({ code: "BAD_USAGE", message: "--mcp and --mcp-stdio were both given." }) as Error,
    );
  });

  it("a ui:// name without a server says which option it needs", async () => {
    await expect(planOf({ targets: ["ui://x"], cwd }).parts[0]?.load()).rejects.toMatchObject({ code: "BAD_USAGE" });
  });

  it("the target is shown as it was named", () => {
    expect(chooseTargets({ targets: ["page.html"], cwd }).shown).toBe("page.html");
    expect(chooseTargets({ targets: [], cwd, mcpStdio: "node s.mjs" }).shown).toBe("node s.mjs");
    expect(chooseTargets({ targets: [], cwd }).shown).toBe("widgets");
  });
});

describe("a command of the config", () => {
  const root = folderOf({ "server.mjs": "", "page.html": PAGE });
  const config = configOf({ root, mcpStdio: "node server.mjs" });

  it.each([[[]], [["ui://map"]]])("is followed in the config's folder, given %j", (targets) => {
    const [part] = planOf({ targets, config, cwd: folderOf({}) }).parts;
    expect(part?.watched()).toEqual([join(root, "server.mjs")]);
    expect(part).toMatchObject({ isServer: true, isCommand: true });
  });
});

describe("without anything named", () => {
  it("no folder widgets is an error, unless there is something bundled", () => {
    const cwd = folderOf({});
    expect(() => planOf({ targets: [], cwd })).toThrow(expect.objectContaining({ code: "NO_WIDGETS" }) as Error);
    const bundled = folderOf({ "w/widget.json": {} });
    expect(shape(planOf({ targets: [], cwd, bundled }))).toEqual([["folder", join(bundled, "w")]]);
  });

  it("the folder widgets is where new ones turn up; with targets it is they", () => {
    const cwd = folderOf({});
    expect(rootsOf(chooseTargets({ targets: [], cwd }), cwd)).toEqual([join(cwd, "widgets")]);
    expect(rootsOf(chooseTargets({ targets: ["a", "ui://m"], cwd }), cwd)).toEqual([join(cwd, "a")]);
    expect(rootsOf(chooseTargets({ targets: [], mcp: "http://a.example/mcp", cwd }), cwd)).toEqual([]);
  });
});

it("what is left out is noted once, and what is watched is what is read", () => {
  const cwd = folderOf({
    "page.html": PAGE,
    "w/a/widget.json": {},
    "w/b/widget.json": { entry: "x.html", skip: "not ready" },
  });
  const plan = planOf({ targets: ["w", "page.html", "w"], cwd });
  expect(plan.notes).toEqual([containing("w/b is left out: not ready")]);
  const page = plan.parts.find(({ kind }) => kind === "html");
  expect(page?.watched()).toEqual([join(cwd, "page.html"), join(cwd, "page.widget.json")]);
});
