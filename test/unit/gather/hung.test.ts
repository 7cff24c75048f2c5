/** Where a thread hung: the function that does not end, and the place that is told of it. */
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { findLoop, type Stops } from "../../../harness/gather/trial/loop.ts";
import type { SeenCall } from "../../../harness/gather/witness/run-log.ts";
import type { RawCall } from "../../../harness/model/raw-log.ts";
import { joinContext, place, rawLog } from "./raw.ts";

const stack = (names: string): SeenCall[] => names.split(" ").map((name) => ({ name, place: null }));

/** A thread that is in each of these stacks in turn; where it does not stop, null. */
function threadOf(...stacks: readonly (string | null)[]): Stops & { readonly orders: string[] } {
  const left = [...stacks];
  const orders: string[] = [];
  const next = (order: string) => () => {
    orders.push(order);
    const calls = left.shift() ?? null;
    return Promise.resolve(calls === null ? null : stack(calls));
  };
  return { pause: next("pause"), stepOut: next("stepOut"), orders };
}
const loopIn = async (...stacks: readonly (string | null)[]) =>
  (await findLoop(threadOf(...stacks))).map(({ name }) => name).join(" ");

describe("the function that does not end", () => {
  it.each([
    ["is where it was stopped", ["loop start", null, "loop start"], "loop start"],
    [
      "is left by those that it calls",
      ["leaf step loop start", "step loop start", "loop start", null, "step loop start"],
      "loop start",
    ],
    ["is told from where it was, when it does not stop again", ["loop start", null, null], "loop start"],
    ["is any of tasks that start each other", ["go", "go"], "go"],
    ["is unknown when the thread does not stop", [null], ""],
  ])("%s", async (_name, stacks, told) => expect(await loopIn(...stacks)).toBe(told));

  it("recursion without end is left no further than a few calls", async () => {
    const deep = Array.from({ length: 40 }, (_, index) => "f ".repeat(60 - index).trim());
    const thread = threadOf(...deep);
    expect(await findLoop(thread)).toHaveLength(40);
    expect(thread.orders).toHaveLength(21);
  });
});

describe("the call that is told", () => {
  const HTML = "<script>\nspin()\n</script>";
  const SCRIPTS = { "1": { offset: 8, length: 8, inline: true } };
  const hungIn = (...calls: readonly RawCall[]) => {
    const { document } = rawLog();
    const raw = rawLog({ scripts: SCRIPTS, document: { ...document, ended: "hung", hungIn: calls } });
    const joined = evidenceOf(raw, joinContext(HTML)).document;
    return joined.status === "ok" ? joined.value.hungIn : joined.error;
  };
  const inline = (name: string): RawCall => ({ name, place: place(1, 0, { script: "1" }) });
  const ofPackage = { name: "commit", place: { url: "https://cdn.jsdelivr.net/npm/x/x.js", line: 9, column: 1 } };

  it("is the innermost of the widget's own", () => {
    expect(hungIn(inline("spin"), inline("start"))).toMatchObject({ name: "spin", where: { url: "w.html", line: 2 } });
    expect(hungIn(ofPackage, inline("spin"))).toMatchObject({ name: "spin", where: { line: 2 } });
  });
  it("is that of a package where there is no other", () =>
    expect(hungIn(ofPackage)).toMatchObject({ name: "commit", where: { url: ofPackage.place.url, line: 10 } }));
  it("has no name where the function has none", () => expect(hungIn(inline(""))).not.toHaveProperty("name"));
  it("is absent where no place tells", () => expect(hungIn({ name: "x", place: null })).toBeUndefined());
});
