/** What a pull request does to the allow-list. */
import { expect, test } from "vitest";
import { allowlistDifference, allowlistOf, toReviewFile } from "../../../harness/allowlist/index.ts";
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import type { AllowlistResult } from "../../../harness/model/result.ts";
import { differenceReporters } from "../../../harness/report/index.ts";
import { asked, blocked, declare, evidence } from "./make.ts";

async function seen(
  widget: string,
  network: readonly NetworkAttempt[],
  connect: readonly string[] = [],
): Promise<AllowlistResult> {
  const declaration = declare({ connect });
  return allowlistOf({
    widget: { name: widget, declaration, serverOrigin: null },
    observed: [evidence({ declaration, network }, "default")],
  });
}

const HERE = { where: { url: "src/app.ts", file: "src/app.ts", line: 12, column: 3 } };
const before = [
  await seen("map", [blocked("https://api.example.com/x"), blocked("https://cdn.jsdelivr.net/x.js", "script")]),
  await seen("gone", []),
];
const now = [
  await seen("map", [
    blocked("https://api.example.com/x"),
    blocked("https://api.example.com/logo.png", "image"),
    blocked("https://tiles.openstreetmap.org/1.png", "image", HERE),
  ]),
  await seen("chart", [asked("https://data.example.com/x", "fetch", HERE)], ["https://data.example.com"]),
];
const base = { name: "main:sandglass.allowlist.json", text: toReviewFile(before) };
const difference = await allowlistDifference(base, now);
const reportOf = (name: string) => differenceReporters.get(name)?.(difference) ?? "";

test("what came, went and moved, who asked, and who owns it", () => {
  const domains = difference.widgets.flatMap(({ widget, domains }) =>
    domains.map(({ change, origin, from, to, owner, asked: asks }) => [
      `${widget} ${change} ${origin}`,
      `${from.join()} > ${to.join()}`,
      owner,
      asks.map(({ kind, where }) => `${kind} ${where?.file ?? ""}:${where?.line ?? ""}`).join(),
    ]),
  );
  expect(domains.toSorted()).toEqual([
    ["chart came https://data.example.com", " > connect", null, "fetch src/app.ts:12"],
    ["map came https://tiles.openstreetmap.org", " > resource", "OpenStreetMap", "image src/app.ts:12"],
    ["map moved https://api.example.com", "connect > connect,resource", null, "fetch :,image :"],
    ["map went https://cdn.jsdelivr.net", "resource > ", "JSDelivr CDN", ""],
  ]);
  expect(difference.notLooked).toEqual(["gone"]);
  expect(difference.widgets.map(({ isNew }) => isNew)).toEqual([false, true]);
});
test("nothing changed: said, and no table", async () => {
  const same = await allowlistDifference({ name: "main", text: toReviewFile(now) }, now);
  expect(differenceReporters.get("markdown")?.(same)).toBe(
    "## Sandglass: domains against `main`\n\nNo domain came, went or moved.\n",
  );
});
test("a base without the file: everything is new", async () => {
  const first = await allowlistDifference({ name: "main", text: null }, now);
  expect(first.isNew).toBe(true);
  expect(differenceReporters.get("pretty")?.(first)).toContain("main does not exist: everything is new.");
  expect(first.widgets.flatMap(({ domains }) => domains.map(({ change }) => change))).toEqual(
    Array.from({ length: 3 }, () => "came"),
  );
});
test("a base that is no such file is refused", async () =>
  expect(allowlistDifference({ name: "main", text: "{}" }, now)).rejects.toThrow(/does not have the form/));
test("markdown is ready to paste: one row a domain, what came first", () => {
  const rows = reportOf("markdown")
    .split("\n")
    .filter((line) => /^\| \S+ (new|moved|gone) /.test(line));
  expect(rows).toEqual([
    "| 🆕 new | `https://tiles.openstreetmap.org` | `resource` | OpenStreetMap | image at `src/app.ts:12:3` |",
    expect.stringContaining("| 🔀 moved | `https://api.example.com` | `connect` → `connect, resource` |") as unknown,
    expect.stringContaining("| 🗑️ gone | `https://cdn.jsdelivr.net` | `resource` |") as unknown,
    expect.stringContaining("| 🆕 new | `https://data.example.com` |") as unknown,
  ]);
  expect(reportOf("markdown")).toContain("2 new, 1 moved, 1 gone, in 2 widgets.");
});
test("json holds it all", () =>
  expect(JSON.parse(reportOf("json"))).toEqual(JSON.parse(JSON.stringify({ schemaVersion: 1, ...difference }))));
test("a widget's words steer no terminal and are no markup", async () => {
  const evil = await seen("x|y\u001b[2K<b>\n::error::", [
    blocked("https://a.example-host.com/x", "fetch", { where: { url: "`\u202e|\n# z", line: 1 } }),
  ]);
  const hostile = await allowlistDifference(base, [evil]);
  expect(differenceReporters.get("pretty")?.(hostile)).not.toMatch(/[\u001b\u202e]/);
  const markdown = differenceReporters.get("markdown")?.(hostile) ?? "";
  expect(markdown).not.toMatch(/^# z/m);
  expect(markdown.replace(/`[^`\n]*`/g, "").replace(/\\[\s\S]/g, "")).not.toContain("<b>");
});
