/** Formats: pure, complete, and safe with a widget's own words. */
import { expect, test } from "vitest";
import { allowlistOf } from "../../../harness/allowlist/index.ts";
import type { AllowlistResult } from "../../../harness/model/result.ts";
import { formats } from "../../../harness/report/index.ts";
import { asked, blocked, declare, evidence } from "../allowlist/make.ts";

type Suggested = AllowlistResult["suggested"];

const HOSTILE = "x|y`<script>alert(1)</script>\n# z";
const declaration = declare({ connect: ["https://a.example-host.com", "https://old.example-host.com"] });
const network = [
  asked("https://a.example-host.com/x"),
  blocked("https://cdn.jsdelivr.net/npm/x.js", "script", { count: 2, where: { url: HOSTILE, line: 4, column: 7 } }),
];
const results = [
  await allowlistOf({
    widget: { name: HOSTILE, declaration, serverOrigin: null },
    observed: [evidence({ declaration, network }, "default")],
  }),
];

test("the table is aligned, what wants doing stands first, and the block can be pasted", () => {
  const text = formats.pretty.allowlist(results);
  const rows = text.split("\n").filter((line) => /^ {2}(state|missing|unused|declared) /.test(line));
  expect(rows.map((row) => row.trim().split(/\s+/)[0])).toEqual(["state", "missing", "unused", "declared"]);
  expect(new Set(rows.map((row) => row.slice(0, row.search(/\S+$/)).search(/(origin|https:)/))).size).toBe(1);
  expect(rows[1]).toMatch(/script ×2 +default +JSDelivr/i);
  const block = text.slice(text.indexOf("{"), text.indexOf("\n  }\n") + 4);
  expect((JSON.parse(block) as Suggested)["openai/widgetCSP"].resource_domains).toEqual(["https://cdn.jsdelivr.net"]);
  expect(text).toContain("+ resource https://cdn.jsdelivr.net");
  expect(text).not.toContain("\u001b[");
  expect(formats.pretty.allowlist(results, { color: true })).toContain("\u001b[");
});

test("json round-trips", () =>
  expect(JSON.parse(formats.json.allowlist(results))).toEqual(
    JSON.parse(JSON.stringify({ schemaVersion: 1, allowlist: results })),
  ));

test("markdown: words of the widget are no markup, and rows keep their cells", () => {
  const text = formats.markdown.allowlist(results);
  expect(text).not.toMatch(/^# z/m);
  expect(text.replace(/`[^`\n]*`/g, "")).not.toContain("<script>");
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  expect(new Set(rows.map((row) => row.replace(/\\\|/g, "").split("|").length)).size).toBe(1);
});

test("html is one page without scripts or requests", () => {
  const text = formats.html.allowlist(results);
  expect(text).toContain("default-src 'none'");
  expect(text).not.toMatch(/<script|(?:src|href)=/i);
  expect(text).toContain("prefers-color-scheme:dark");
});
