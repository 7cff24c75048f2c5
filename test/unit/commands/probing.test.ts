/** A run that is ended while its server is asked keeps what its widgets showed, and passes nothing of the server. */
import { expect, it } from "vitest";
import { probedOrUnasked, unaskedOf, type Probing } from "../../../harness/commands/probing.ts";
import { settingsOf } from "../../../harness/commands/settings.ts";
import { withServers } from "../../../harness/judge/servers.ts";
import { ioOf } from "../../../harness/library/options.ts";
import type { RunResult } from "../../../harness/model/result.ts";
import type { ServerRecorder } from "../../../harness/model/server-record.ts";
import { chosenOf } from "../../../harness/commands/chosen.ts";

const never = () => new Promise<never>(() => undefined);
const server: ServerRecorder = {
  headers: {},
  asking: never,
  another: never,
  tryForeignPage: never,
  record: () => ({
    server: "node server.mjs",
    transport: "stdio",
    url: null,
    exchanges: [],
    messages: [],
    http: [],
    stderr: "",
    strayOutput: null,
    scenarioTools: [],
    dropped: 0,
  }),
};
const probing = async (more: object): Promise<Probing> => {
  const io = { ...ioOf({}), ...more };
  return { options: {}, settings: await settingsOf({}, io), chosen: chosenOf({}), io };
};
const seen: RunResult = {
  schemaVersion: 1,
  tool: { name: "sandglass", version: "0" },
  browser: { name: "chromium", version: "0" },
  verdict: "pass",
  headlines: [],
  runs: [],
  allowlist: [],
};

it("nothing of it is known, and nothing passes", async () => {
  const evidence = await probedOrUnasked([server], await probing({ interrupted: () => Promise.resolve() }));
  expect(evidence).toHaveLength(1);
  for (const artifact of Object.values(evidence[0]?.artifacts ?? {}))
    expect(artifact).toMatchObject({ status: "failed", error: { code: "INTERRUPTED" } });
  expect(withServers(seen, evidence, { toolVersion: "0" }).verdict).toBe("incomplete");
  expect(unaskedOf(evidence)).toMatchObject({ code: "INTERRUPTED" });
});

it("a server that breaks is told as it is", async () => {
  const broken = { ...server, tryForeignPage: () => Promise.reject(new Error("gone")) };
  await expect(probedOrUnasked([broken], await probing({}))).rejects.toThrow("gone");
  expect(unaskedOf([])).toBeNull();
});
