import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sloppy } from "../../fixtures/sloppy-server.mjs";
import { serveHttp } from "../../fixtures/serve-http.ts";
import { INPUT, look } from "./kit.ts";

const FILE = join(import.meta.dirname, "../../fixtures/sloppy-server.mjs");
const stdio = (mode: string) => look({ mcpStdio: `node ${FILE} ${mode}` }, { input: INPUT });
const CHECK = "tools/input-validation";

describe.concurrent("over stdio", () => {
  test.for([
    ["strict", "pass"],
    ["lenient", "accepted"],
    ["crash", "crash"],
    ["nullish", "crash"],
    ["stack", "stack"],
    ["secret", "secret"],
    ["template", "accepted executed"],
    ["writes", "review not-all"],
    ["open", "review not-all"],
  ] as const)("a tool that is %s: %s", async ([mode, expected], { expect: own }) => {
    const { outcomes } = await stdio(mode);
    own(outcomes[CHECK]?.split(" ").toSorted().join(" ")).toBe(expected.split(" ").toSorted().join(" "));
  });

  test.for([
    ["that answers good arguments alone", "hang", "hang"],
    ["that answers nothing in time is slow, and", "slow", "review not-all"],
  ] as const)("a tool %s: %s", async ([_says, mode, expected], { expect: own }) => {
    const input = { ...INPUT, patienceMs: 400 };
    const { outcomes } = await look({ mcpStdio: `node ${FILE} ${mode}` }, { input });
    own(outcomes[CHECK]).toBe(expected);
  });

  test.for([
    ["strict in depth", "deep", "pass"],
    ["strict at the surface alone", "shallow", "accepted"],
  ] as const)("a tool that is %s: %s", async ([_says, mode, expected], { expect: own }) => {
    const input = { ...INPUT, validArguments: () => Promise.resolve({ places: [{ name: "Oslo", days: 2 }] }) };
    const { outcomes } = await look({ mcpStdio: `node ${FILE} ${mode}` }, { input });
    own(outcomes[CHECK]).toBe(expected);
  });

  test("an error that names a person, and one that names who helps", async ({ expect: own }) => {
    own((await stdio("gossip")).outcomes["tools/response-minimisation"]).toBe("personal-error");
    own((await stdio("helpful")).outcomes["tools/response-minimisation"]).toBe("pass");
  });

  test("a planted order comes back bare, or quoted", async ({ expect: own }) => {
    own((await stdio("echo")).outcomes["tools/prompt-injection"]).toBe("planted");
    own((await stdio("strict")).outcomes["tools/prompt-injection"]).toBe("pass");
  });
});

test("over HTTP the same; a tool is called at most twelve times, and always with the same arguments", async () => {
  const calls: string[] = [];
  const served = await serveHttp(() => sloppy("stack", calls));
  try {
    const first = await look({ mcp: served.url }, { input: INPUT });
    expect(first.outcomes[CHECK]).toBe("stack");
    const before = calls.splice(0);
    expect(before.length).toBeGreaterThan(5);
    expect(before.length).toBeLessThanOrEqual(12);
    await look({ mcp: served.url }, { input: INPUT });
    expect(calls).toEqual(before);
    // Nothing of ours is on the record that other rules look at.
    expect(first.evidence.artifacts.calls).toEqual({ status: "ok", value: [] });
  } finally {
    await served.close();
  }
});

test("a tool that reaches systems of others is called when the user allows it", async () => {
  const calls: string[] = [];
  const served = await serveHttp(() => sloppy("open", calls));
  try {
    await look({ mcp: served.url }, { input: INPUT });
    expect(calls).toEqual([]);
    await look({ mcp: served.url }, { input: { ...INPUT, allowCalls: true } });
    expect(calls.length).toBeGreaterThan(5);
  } finally {
    await served.close();
  }
});

test("a tool that does not say whether it reaches others is sent what its schema rules out, and nothing hostile", async () => {
  const calls: string[] = [];
  const served = await serveHttp(() => sloppy("unhinted", calls));
  try {
    const { outcomes, evidence } = await look({ mcp: served.url }, { input: INPUT });
    expect(outcomes[CHECK]).toBe("accepted");
    const { probes } = evidence.artifacts;
    const asked = probes.status === "ok" ? (probes.value?.outcomes ?? []) : [];
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(["missing", "null", "mistyped", "boundary"]));
    expect(calls.some((call) => call.length > 200 || call.includes("passwd"))).toBe(false);
  } finally {
    await served.close();
  }
});

test("a tool that does not say that it only reads is called when the user allows it", async () => {
  const calls: string[] = [];
  const served = await serveHttp(() => sloppy("writes", calls));
  try {
    await look({ mcp: served.url }, { input: INPUT });
    expect(calls).toEqual([]);
    await look({ mcp: served.url }, { input: { ...INPUT, allowCalls: true } });
    expect(calls.length).toBeGreaterThan(5);
  } finally {
    await served.close();
  }
});
