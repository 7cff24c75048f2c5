/**
 * No regular expression of ours takes longer than its text is long: each is given texts made of its own parts, over
 * and over, and a matcher counts its steps on a text and on one of twice the length. One that is found slow is written
 * anew (a bound for the loop, a look behind it, a scanner that walks forwards) or, where its text is short by
 * construction, stands below with the reason.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formats } from "../../harness/scan/formats/index.ts";
import { readTemplate } from "../../harness/scan/template.ts";
import { attacksOf } from "./expressions/attacks.ts";
import { collectExpressions } from "./expressions/collect.ts";
import { slowOf } from "./expressions/growth.ts";

const root = join(import.meta.dirname, "../..");

/** Expressions that may be slow, by file and how they begin, because what they read is short. */
const SHORT_TEXT: Readonly<Record<string, string>> = {
  "harness/scan/template.ts ^(\\w+):(\\d+)(-?)(\\d*)$": "reads the forms of our own table",
  "harness/checks/shared/trials.ts ^\\W*(still )?(loading": "160 characters at most, see SHORT",
  "harness/scan/personal/index.ts ^(?:git|no-?reply": "an address as EMAIL finds it: 600 characters at most",
};

/** What the code inside `new RegExp` may be; escaped by its writer. */
const BUILT_OF: Readonly<Record<string, string>> = {
  name: "href",
  length: "16",
  written: ":3000(?!\\d)",
  escaped: "weather",
  globbed: "src/(?:.*/)?[^/]*\\.ts",
  'hosts.map(escaped).join("|")': "localhost|127\\.0\\.0\\.1|\\[::1\\]",
  'host.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&")': "cdn\\.example\\.com",
};
/** Whole arguments that are tested where they come from: a literal, and the table of token formats. */
const TESTED_ELSEWHERE = ["harness/bundle/bad-url.ts TELLING", "harness/scan/template.ts source"];

describe("regular expressions of the host and the harness", { timeout: 120_000 }, () => {
  const { written, unknown } = collectExpressions(root, ["host", "harness"], BUILT_OF);

  it("are all known: what is built of other code has a sample here", () => {
    expect(unknown.map((one) => one.replace(/:\d+ /, " "))).toEqual(TESTED_ELSEWHERE);
    expect(written.length).toBeGreaterThan(900);
  });

  it("are linear", () => {
    const distinct = new Map(written.map((one) => [`${one.source}/${one.flags}`, one]));
    const slow = [...distinct.values()].flatMap(({ at, file, source, flags }) => {
      if (Object.keys(SHORT_TEXT).some((one) => `${file} ${source}`.startsWith(one))) return [];
      const found = slowOf(source, flags);
      return found ? [`${at} /${source}/${flags}: ${JSON.stringify(found)}`] : [];
    });
    expect(slow).toEqual([]);
  });

  it("are linear in the table of token formats", () => {
    const slow = formats.flatMap(({ id, form }) => {
      const { source, flags } = readTemplate(form).pattern;
      const found = slowOf(source, flags);
      return found ? [`${id}: ${JSON.stringify(found)}`] : [];
    });
    expect(slow).toEqual([]);
  });

  it("have the slow ones that are excused", () => {
    const known = written.map(({ file, source }) => `${file} ${source}`);
    expect(Object.keys(SHORT_TEXT).filter((one) => !known.some((text) => text.startsWith(one)))).toEqual([]);
  });
});

describe("the texts that they are given", { timeout: 60_000 }, () => {
  it.each([
    ["a bound that is none", "<a [^>]{0,100000}href", "i"],
    ["a loop in a loop", "^(?:a+)+$", ""],
    ["two loops over the same", "\\s*:?\\s*$", ""],
    ["a loop at the end", "[.:]+$", ""],
    ["an opening that is repeated", "<a [^>]*href", "i"],
    ["an end that never comes", "/\\*[^]*?\\*/", ""],
    ["comments before a type, each of which doubles", "^(?:\\s|<!--[\\s\\S]*?-->)*<!doctype", "i"],
    ["a parameter whose name repeats", '[?&]x=([^"]*?)&y=', ""],
  ])("find %s", (_, source, flags) => {
    expect(slowOf(source, flags)).toBeDefined();
  });

  it.each([
    ["a loop that begins after another", "(?<![.:])[.:]+$", ""],
    ["a bounded loop", "<a [^>]{0,200}href", "i"],
    ["an end at the next of its kind", '"[^"]*"', "g"],
    ["a loop from the start", "^[a-z]+$", ""],
  ])("pass %s", (_, source, flags) => {
    expect(slowOf(source, flags)).toBeUndefined();
  });

  it("need a loop", () => {
    expect(attacksOf("^abc{1,20}$", "")).toEqual([]);
  });
});
