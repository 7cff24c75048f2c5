/** Whatever a widget does: what happened before is kept, the verdict is no false pass, the run ends in time, and the next widget is unharmed. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { adversaries, scenario, SECOND, widgetOf, type Adversary } from "./cases.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({});
});
afterAll(() => gatherer.close());

const run = (name: string, html: string) =>
  gatherer.gather({ widget: widgetOf(name, html), scenario, profile: profiles.chatgpt });

async function survives(adversary: Adversary): Promise<void> {
  const started = performance.now();
  const evidence = await run(adversary.id, adversary.html);
  const took = performance.now() - started;
  const { document, network } = evidence.artifacts;
  if (document.status !== "ok" || network.status !== "ok")
    throw new Error(JSON.stringify({ document, network }).slice(0, 2000));
  expect(adversary.ended).toContain(document.value.ended);
  if (adversary.withinMs) expect(took).toBeLessThan(adversary.withinMs);
  const blocked = network.value.filter(({ outcome }) => outcome === "blocked-by-csp").map(({ origin }) => origin);
  expect(blocked, "what happened before the attack is kept").toContain("https://first.example");
  if (SECOND.has(adversary.id)) expect(blocked).toContain("https://second.example");
  expect(network.value.map(({ origin }) => origin)).not.toContain("https://innocent.example");
  const [judged] = judge([evidence], { toolVersion: "0" }).runs;
  expect(judged?.verdict, "never a pass").not.toBe("pass");
  if (adversary.told)
    expect(
      judged?.checks
        .filter(({ outcome }) => outcome === "fail" || outcome === "review" || outcome === "error")
        .map(({ id }) => id),
    ).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(adversary.told.join("|")))]));

  const next = await run(
    "next",
    "<!doctype html><html><body><p>fine</p><script>fetch('https://allowed.example/x').then(() => document.body.append('ok'))</script></body></html>",
  );
  expect(next.artifacts.document).toMatchObject({ status: "ok", value: { ended: "settled" } });
  expect(judge([next], { toolVersion: "0" }).verdict, "the next widget is unharmed").toBe("pass");
}

/** A flood takes the processor, and is given so long: one at a time. The others wait for their limits. */
const isFlood = ({ id }: Adversary): boolean => id.startsWith("floods");

it.each(adversaries.filter(isFlood))("$id", survives, 60_000);
it.concurrent.each(adversaries.filter((adversary) => !isFlood(adversary)))("$id", survives, 60_000);

it.concurrent(
  "scripts that name themselves after another file, or after ours, are told where they stand",
  async () => {
    const named = (code: string, name: string) => `<script>${code}\n//# sourceURL=${name}</script>`;
    const lines = [
      "<!doctype html><html><body><p>hello</p>",
      named("fetch('https://first.example/x').catch(() => 0)", "widgets/innocent/index.html"),
      named("alert(1)", "https://innocent.example/index.js"),
      named("fetch('https://third.example/x').catch(() => 0)", "sandglass:recorder"),
      named("confirm(2)", "sandglass:recorder"),
      named("console.error('own')", "webpack://app/src/own.js"),
    ];
    const evidence = await run("named", lines.join("\n"));
    const { network, apiUses } = evidence.artifacts;
    if (network.status !== "ok" || apiUses.status !== "ok") throw new Error(JSON.stringify({ network, apiUses }));
    const places = [...network.value, ...apiUses.value].map(({ where }) => `${where?.url}:${where?.line}`);
    const own = network.value[0]?.where?.url ?? "";
    expect(own).toContain("named");
    expect(places).toEqual([2, 6, 4, 8].map((line) => `${own}:${line}`));
  },
  60_000,
);
