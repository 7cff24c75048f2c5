/** What each kind of option takes, and what a bad value is answered with. */
import { expect, expectTypeOf, it } from "vitest";
import { describeOption, flagOf, readOptions } from "../../../harness/commands/option-kinds.ts";
import {
  allowlistOptions,
  checkOptions,
  devOptions,
  mergeOptions,
  optionGroups,
  type CheckOptions,
} from "../../../harness/commands/options.ts";
import { DEFAULTS } from "../../../harness/model/defaults.ts";
import { DEFAULT_LIMITS } from "../../../harness/model/limits.ts";
import { allowlistReporters, checkReporters } from "../../../harness/report/index.ts";
import { matching } from "../../expecting.ts";

const read = (written: Readonly<Record<string, unknown>>): CheckOptions => readOptions(checkOptions, written);

it("values are what their types promise", () => {
  expect(
    read({
      allowCalls: true,
      profile: ["chatgpt,claude", "all"],
      assume: ["clipboard-write=granted,popups=a=b", "x="],
      network: "live",
      workers: "3",
      timeout: "500",
      explore: true,
      shard: "2/4",
      failOn: "warning",
      mcp: "http://localhost:3000/mcp",
      header: ["authorization=Bearer a=b,c", "X-Key: k:1"],
      env: ["URL=https://a.example/?b=c"],
    }),
  ).toEqual({
    allowCalls: true,
    profile: ["chatgpt,claude", "all"],
    assume: { "clipboard-write": "granted", popups: "a=b", x: "" },
    network: "live",
    workers: 3,
    timeout: 500,
    explore: 1,
    shard: { index: 2, count: 4 },
    failOn: "warning",
    mcp: "http://localhost:3000/mcp",
    header: { authorization: "Bearer a=b,c", "X-Key": "k:1" },
    env: { URL: "https://a.example/?b=c" },
  });
  expect(read({ explore: "7" })).toEqual({ explore: 7 });
  expect(read({ coverage: false })).toEqual({ noCoverage: true });
  expect(read({ coverage: true })).toEqual({});
  expect(read({ explore: false })).toEqual({ noExplore: true });
  expect(read({ trials: ["main,late", "dark"] })).toEqual({ trials: ["main", "late", "dark"] });
  expect(read({ trials: ["outage"] })).toEqual({ trials: ["outage"] });
});

it("what was not written is absent", () => expect(read({ verbose: undefined, allowCalls: false })).toEqual({}));

it.each([
  ["network", "on", "--network takes off or live, not on."],
  ["failOn", "info", "--fail-on takes error or warning, not info."],
  ["workers", "0", "--workers takes a whole number from 1 to 16, not 0."],
  ["workers", "two", "--workers takes a whole number from 1 to 16, not two."],
  ["workers", " ", "--workers was given no value."],
  ["timeout", "499", "--timeout takes a whole number from 500 to 600000, not 499."],
  ["timeout", "1e9", "--timeout takes a whole number from 500 to 600000, not 1e9."],
  ["explore", "all", "--explore takes a whole number from 0 to 2147483647, not all."],
  [
    "trials",
    "main,early",
    "--trials takes main, late, control, dark, narrow, pressed, again, reload, outage, stream, cancelled, resize, not early.",
  ],
  ["header", "secret", "--header was given no name and value."],
  ["shard", "3", "--shard takes a part such as 2/4, not 3."],
  ["shard", "5/4", "--shard takes a whole number from 1 to 4, not 5."],
  ["shard", "1/2/3", "--shard takes a part such as 2/4, not 1/2/3."],
  ["life", "10", "--life takes a time as 90s, 10m or 1h, not 10."],
  ["life", "ten minutes", "--life takes a time as 90s, 10m or 1h, not ten minutes."],
  ["life", "2000h", "--life takes a time as 90s, 10m or 1h, not 2000h."],
  ["assume", ["popups"], "--assume popups has no value."],
  ["mcp", "", "--mcp was given no value."],
  ["profile", [""], "--profile was given no value."],
])("%s: %j is bad usage, with a next step", (name, value, message) => {
  expect(() => read({ [name]: value })).toThrow(
    expect.objectContaining({ code: "BAD_USAGE", message, next: matching(/\S/) }) as Error,
  );
});

it.each(["99999", "-1", "80.5"])("--port %s is bad usage", (port) => {
  expect(() => readOptions(devOptions, { port })).toThrow(expect.objectContaining({ code: "BAD_USAGE" }) as Error);
});

it.each([
  ["90s", 90_000],
  ["10m", 600_000],
  ["1.5h", 5_400_000],
  ["250ms", 250],
  ["0", 0],
])("--life %s is %d ms", (written, ms) => expect(read({ life: written })).toEqual({ life: ms }));

it("a renamed option does not compile where it is used", () => {
  expectTypeOf<CheckOptions["workers"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<CheckOptions["failOn"]>().toEqualTypeOf<"error" | "warning" | undefined>();
  // @ts-expect-error there is no such option
  const { worker } = read({});
  expect(worker).toBeUndefined();
});

it("help shows the defaults that hold", () => {
  const helpOf = (name: keyof typeof checkOptions): string => describeOption(name, checkOptions[name]).help;
  expect(helpOf("timeout")).toContain(`(default: ${DEFAULT_LIMITS.runMs})`);
  expect(helpOf("workers")).toContain(`(default: ${DEFAULTS.workers})`);
  expect(helpOf("failOn")).toContain(`(default: ${DEFAULTS.failOn})`);
  expect(helpOf("profile")).toContain(`(default: ${DEFAULTS.profile}`);
  expect(describeOption("port", devOptions.port).help).toContain(`(default: ${DEFAULTS.port}`);
});

it.each([
  ["check", checkOptions.format.help, checkReporters],
  ["merge", mergeOptions.format.help, checkReporters],
  ["allowlist", allowlistOptions.format.help, allowlistReporters],
] as const)("the formats of %s are those that it has", (_command, help, known) => {
  const named = help.split(";")[0]?.split(/, | or /);
  expect(named).toEqual([...known.keys()]);
});

it("the groups of docs/reference.md hold every option", () => {
  const grouped = new Set(optionGroups.flatMap(({ options }) => Object.keys(options).map(flagOf)));
  const all = [checkOptions, allowlistOptions, devOptions, mergeOptions].flatMap((table) =>
    Object.keys(table).map(flagOf),
  );
  expect(all.filter((flag) => !grouped.has(flag))).toEqual([]);
});
