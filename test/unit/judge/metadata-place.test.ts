/** A finding about what is declared names the file or resource that declares it, and the path in its JSON. */
import { expect, it } from "vitest";
import { judgeOne } from "../../../harness/judge/judge.ts";
import { metadataPlace } from "../../../harness/judge/metadata-place.ts";
import type { SourceInfo } from "../../../harness/model/evidence.ts";
import { placeLabel } from "../../../harness/report/shared/vocabulary.ts";
import { attempt } from "../make.ts";
import { declare, evidence } from "../allowlist/make.ts";
import { declaring, policyOf } from "../checks/make.ts";

const FOLDER: SourceInfo = { kind: "folder", path: "widgets/w", entry: "index.html" };
const SERVER: SourceInfo = { kind: "mcp", server: "s", tool: "t", uri: "ui://w" };
const policy = policyOf(
  declaring({ connect: ["https://a.example", "https://b.example"], resource: ["https://b.example"] }),
);

it.each([
  [SERVER, { entry: "https://a.example" }, 'ui://w: _meta["openai/widgetCSP"].connect_domains[0]'],
  [SERVER, { entry: "https://b.example", list: "resource" }, 'ui://w: _meta["openai/widgetCSP"].resource_domains[0]'],
  [FOLDER, { entry: "https://a.example" }, 'widgets/w/widget.json: _meta["openai/widgetCSP"].connect_domains[0]'],
  // Two lists hold it, and the finding does not say which: no list is named.
  [FOLDER, { entry: "https://b.example" }, "widgets/w/widget.json: _meta"],
  [SERVER, { mimeType: "text/html" }, "ui://w: mimeType"],
  [FOLDER, { mimeType: "text/html" }, "widgets/w/widget.json: mimeType"],
  [FOLDER, { key: "ui.csp" }, "widgets/w/widget.json: _meta.ui.csp"],
  [
    FOLDER,
    { entry: "https://gone.example", key: "openai/widgetCSP" },
    'widgets/w/widget.json: _meta["openai/widgetCSP"]',
  ],
] as const)("%# %s", (source, data, label) =>
  expect(placeLabel(metadataPlace(source, policy, data) ?? undefined)).toBe(label),
);
it("a page alone has no metadata", () =>
  expect(metadataPlace({ kind: "html", path: "w.html" }, policy, { entry: "https://a.example" })).toBeNull());
it("the judge places what checks of declarations find, and leaves other places as they are", () => {
  const one = evidence({ document: { observed: true }, declaration: declare({ connect: ["https://unused.example"] }) });
  const { checks } = judgeOne({ ...one, source: FOLDER }, { toolVersion: "0" });
  const findings = checks.find(({ id }) => id === "csp/unused-domain")?.findings ?? [];
  expect(findings.map(({ where }) => where)).toEqual([
    {
      url: "widgets/w/widget.json",
      file: "widgets/w/widget.json",
      path: '_meta["openai/widgetCSP"].connect_domains[0]',
    },
  ]);
});

it("what the document does, at a line that nobody knows, names the document alone", () => {
  const asked = attempt({
    url: "https://x.example/a.png",
    kind: "image",
    outcome: "blocked-by-csp",
    blockClass: "csp-expressible",
    list: "resource",
  });
  const { checks } = judgeOne({ ...evidence({ network: [asked] }), source: FOLDER }, { toolVersion: "0" });
  const findings = checks.find(({ id }) => id === "csp/blocked-request")?.findings ?? [];
  expect(findings.map(({ where }) => where)).toEqual([{ url: "widgets/w/index.html" }]);
});

it("what is said of a whole widget stands where its code starts, or names its document alone", () => {
  const blank = evidence({ document: { observed: true, textLength: 0, visibleElements: 0, paintedShare: 0 } });
  const entry = { url: "widgets/w/index.html", line: 7, column: 3 };
  const placeIn = (one: typeof blank) => {
    const { checks } = judgeOne({ ...one, source: FOLDER }, { toolVersion: "0" });
    return checks.find(({ id }) => id === "render/blank")?.findings[0]?.where;
  };
  expect(placeIn({ ...blank, entry })).toEqual(entry);
  expect(placeIn(blank)).toEqual({ url: "widgets/w/index.html" });
});
