/** `allowlist` in the result of `check`: the contract's last field. */
import { expect, test } from "vitest";
import { allowlistsOf } from "../../../harness/commands/check-allowlist.ts";
import { tried } from "../checks/trials.ts";
import { blocked, declare, evidence } from "../allowlist/make.ts";

const declaration = declare({ connect: ["https://old.example"] });
const one = (scenario: string, url: string, profileId = "chatgpt") =>
  evidence({ declaration, profileId, network: [blocked(url)] }, scenario);

test("one per widget, over its scenarios, from its first host, and not called proven", async () => {
  const lists = await allowlistsOf([
    one("a", "https://api.example/x"),
    one("a", "https://claude-only.example/x", "claude"),
    one("b", "https://more.example/x"),
    { ...one("a", "https://api.example/x"), widget: "other" },
  ]);
  expect(lists.map(({ widget }) => widget)).toEqual(["w", "other"]);
  expect(lists[0]).toMatchObject({
    verified: null,
    scenarios: ["a", "b"],
    suggested: { "openai/widgetCSP": { connect_domains: ["https://api.example", "https://more.example"] } },
  });
  expect(lists[0]?.origins.map(({ origin, state }) => [origin, state])).toEqual([
    ["https://api.example", "missing"],
    ["https://more.example", "missing"],
    ["https://old.example", "unused"],
  ]);
  expect(lists[0]?.notes?.at(-1)).toContain("sandglass allowlist");
});
test("what another trial alone asked for is on it, under the trial's name", async () => {
  const main = one("a", "https://api.example/x");
  const { network, apiUses, console, document } = evidence({
    declaration,
    network: [blocked("https://api.example/x"), blocked("https://night.example/sky.png", "image")],
  }).artifacts;
  const artifacts = { network, apiUses, console, document };
  const renderings = [{ trial: "dark", round: 0, ended: "settled", shown: null, artifacts } as const];
  const trials = { status: "ok", value: tried({ renderings }) } as const;
  const [list] = await allowlistsOf([{ ...main, artifacts: { ...main.artifacts, trials } }]);
  const night = list?.origins.find(({ origin }) => origin === "https://night.example");
  expect(night).toMatchObject({ state: "missing", seen: [{ scenario: "a, dark" }] });
  expect(list?.origins.find(({ origin }) => origin === "https://api.example")?.seen).toHaveLength(1);
});
test("a widget whose policy was not observed has none", async () => {
  const unseen = one("a", "https://api.example/x");
  expect(
    await allowlistsOf([
      {
        ...unseen,
        artifacts: { ...unseen.artifacts, policy: { status: "failed", error: { code: "X", message: "gone" } } },
      },
    ]),
  ).toEqual([]);
});
