/** One function makes the options of gatherer and judge for every command. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Io } from "../../../harness/commands/io.ts";
import type { RenderOptions } from "../../../harness/commands/options.ts";
import {
  gathererOptionsOf,
  jobsOptionsOf,
  judgeOptionsOf,
  loadOptionsOf,
  settingsOf,
  type Settings,
} from "../../../harness/commands/settings.ts";

function ioWith(config: object | null, env: Io["env"] = {}): Io {
  const cwd = mkdtempSync(join(tmpdir(), "sandglass-settings-"));
  if (config) writeFileSync(join(cwd, "sandglass.config.json"), JSON.stringify(config));
  return {
    cwd,
    env,
    outIsTerminal: false,
    color: false,
    out: () => undefined,
    err: () => undefined,
  };
}

const settingsWith = (config: object | null, options: RenderOptions = {}): Promise<Settings> =>
  settingsOf(options, ioWith(config));

it("every limit of the config reaches the gatherer, and --timeout wins", async () => {
  const limits = { runMs: 20_000, quietMs: 5000, records: 50 };
  const settings = await settingsWith({ limits });
  expect(gathererOptionsOf({}, settings).limits).toEqual(limits);
  expect(gathererOptionsOf({ timeout: 700 }, settings).limits).toEqual({ ...limits, runMs: 700 });
  expect(gathererOptionsOf({}, await settingsWith(null)).limits).toEqual({});
});

it("the network is off unless asked for, and a recording needs it", async () => {
  const settings = await settingsWith(null);
  expect(gathererOptionsOf({}, settings)).toMatchObject({ network: "off" });
  expect(gathererOptionsOf({ network: "live", record: "a.har" }, settings)).toMatchObject({ record: "a.har" });
  const allowLocal = ["localhost:3000"];
  expect(() => gathererOptionsOf({ allowLocal }, settings)).toThrow("--allow-local needs the network.");
  expect(gathererOptionsOf({ network: "live", allowLocal }, settings)).toMatchObject({ allowLocal });
  expect(() => gathererOptionsOf({ record: "a.har" }, settings)).toThrow(
    expect.objectContaining({ code: "BAD_USAGE" }) as Error,
  );
});

it("personal data is left out when the config says so; a severity of one's own wins", async () => {
  const off = judgeOptionsOf(await settingsWith({ personalData: false }));
  expect(off.severities).toEqual({ "props/personal-data": "off" });
  const own = judgeOptionsOf(await settingsWith({ personalData: false, checks: { "props/personal-data": "error" } }));
  expect(own.severities).toEqual({ "props/personal-data": "error" });
  expect(judgeOptionsOf(await settingsWith(null)).severities).toEqual({});
});

it("the command line wins over the config, and the config over the defaults", async () => {
  const plain = await settingsWith({ failOn: "warning", profile: "claude" });
  expect(plain.profiles.map(({ id }) => id)).toEqual(["claude"]);
  expect(judgeOptionsOf(plain).failOn).toBe("warning");
  expect(judgeOptionsOf(plain, { failOn: "error" }).failOn).toBe("error");
  const over = await settingsWith({ profile: "claude" }, { profile: ["mcp-apps"] });
  expect(over.profiles.map(({ id }) => id)).toEqual(["mcp-apps"]);
  const assumed = await settingsWith(
    { assume: { "clipboard-write": "denied" } },
    { assume: { "clipboard-write": "granted" } },
  );
  expect(assumed.assumptions).toEqual({ "clipboard-write": "granted" });
  const defaults = await settingsWith(null);
  expect(defaults.profiles.map(({ id }) => id)).toEqual(["chatgpt"]);
  expect(judgeOptionsOf(defaults).failOn).toBe("error");
});

it("renderings are chosen by scenario and explored with the seed that was given", async () => {
  const settings = await settingsWith(null, { explore: 7 });
  expect(jobsOptionsOf({ scenario: "far" }, settings)).toMatchObject({
    scenario: "far",
    explore: { seed: 7, actions: 20 },
  });
  expect(jobsOptionsOf({}, await settingsWith(null))).not.toHaveProperty("explore");
});

it("the config's variables go to the config's server, and to no other", async () => {
  const withheld = async (config: object, options: RenderOptions) => {
    const io = ioWith({ mcpEnv: ["STORE_TOKEN"], ...config }, { STORE_TOKEN: "x9Kq2vLr8TzW" });
    return loadOptionsOf([], options, await settingsOf(options, io), io).withheld;
  };
  expect(await withheld({ mcpStdio: "node own.js" }, {})).toEqual([]);
  expect(await withheld({ mcpStdio: "node own.js" }, { mcpStdio: "node own.js" })).toEqual([]);
  expect(await withheld({}, { mcpStdio: "node other.js" })).toEqual([]);
  expect(await withheld({ mcpStdio: "node own.js" }, { mcpStdio: "node other.js" })).toEqual(["STORE_TOKEN"]);
  expect(await withheld({ mcp: "https://own.example/mcp" }, { mcpStdio: "node other.js" })).toEqual(["STORE_TOKEN"]);
});

it("a file of a profile that the config names is the same profile; another of its id is refused", async () => {
  const io = ioWith({ profiles: ["./mine.json"] });
  const mine = { id: "mine", extends: "mcp-apps", declarationRequired: true };
  writeFileSync(join(io.cwd, "mine.json"), JSON.stringify(mine));
  writeFileSync(join(io.cwd, "other.json"), JSON.stringify({ ...mine, declarationRequired: false }));
  const { profiles } = await settingsOf({ profile: ["mine.json"] }, io);
  expect(profiles.map(({ id }) => id)).toEqual(["mine"]);
  await expect(settingsOf({ profile: ["other.json"] }, io)).rejects.toThrow('another profile is called "mine", too');
});
