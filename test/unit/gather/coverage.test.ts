import { describe, expect, it } from "vitest";
import { Coverage } from "../../../harness/gather/artifacts/coverage.ts";
import { coveredIn } from "../../../harness/gather/artifacts/index.ts";
import { coverageRecordsOf, unrunOf } from "../../../harness/gather/trial/coverage.ts";
import type { JoinContext } from "../../../harness/model/join-context.ts";
import type { RawCoverage } from "../../../harness/model/raw-log.ts";
import { staticUrl, staticUse } from "../checks/make.ts";
import { joinContext, rawLog, SANDBOX } from "./raw.ts";

const CODE = "go();function go(){if(0){a()}b()}function no(){alert(1)}";
const HTML = `<p>w</p>\n<script>${CODE}</script>`;
const OFFSET = HTML.indexOf(CODE);

const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count });
const spanOf = (text: string) => [CODE.indexOf(text), CODE.indexOf(text) + text.length] as const;
const GO = spanOf("function go(){if(0){a()}b()}");
const NO = spanOf("function no(){alert(1)}");
const BRANCH = spanOf("{a()}");
const taken = {
  scriptId: "7",
  url: `${SANDBOX}/?app=chatgpt`,
  functions: [
    { functionName: "", isBlockCoverage: true, ranges: [range(0, CODE.length, 1)] },
    { functionName: "go", isBlockCoverage: true, ranges: [range(...GO, 1), range(...BRANCH, 0)] },
    { functionName: "no", isBlockCoverage: false, ranges: [range(...NO, 0)] },
  ],
};
const texts = {
  html: HTML,
  outerHtml: "<script>ours()</script>",
  sandboxOrigin: SANDBOX,
  scripts: new Map([["s 7", CODE]]),
  arrived: new Map([["https://cdn.example/a.js", "let a;\nlet b;"]]),
};
const record: RawCoverage = {
  offset: OFFSET,
  url: "",
  length: CODE.length,
  functions: [...GO, 1, ...NO, 0],
  unrun: [...BRANCH, ...NO],
};

describe("records of what V8 counted", () => {
  const recordsOf = (script: typeof taken) => coverageRecordsOf([{ session: "s", scripts: [script] }], texts);

  it("of the document stand where its text does", () => expect(recordsOf(taken)).toEqual([record]));
  it("of what arrived have its address and lines", () =>
    expect(recordsOf({ ...taken, scriptId: "8", url: "https://cdn.example/a.js" })).toMatchObject([
      { offset: null, url: "https://cdn.example/a.js", lines: [7, 6] },
    ]));
  it("say of a host of packages whose code it is", () => {
    const url = "https://unpkg.com/a.js";
    const arrived = new Map([[url, "let a;"]]);
    expect(
      coverageRecordsOf([{ session: "s", scripts: [{ ...taken, scriptId: "8", url }] }], { ...texts, arrived }),
    ).toMatchObject([{ provenance: "package" }]);
  });
  it.each([
    ["made at run time", { ...taken, scriptId: "9", url: "" }, new Map([["s 9", "eval(1)"]])],
    ["of the sandbox document", taken, new Map([["s 7", "ours()"]])],
    ["injected", { ...taken, url: "sandglass:recorder" }, texts.scripts],
    ["whose text is not known", { ...taken, scriptId: "9", url: "" }, texts.scripts],
  ])("leave out code %s", (_name, script, scripts) =>
    expect(coverageRecordsOf([{ session: "s", scripts: [script] }], { ...texts, scripts })).toEqual([]),
  );
  it("of nested ranges the innermost counts", () =>
    expect(
      unrunOf({
        functions: [
          { functionName: "", isBlockCoverage: true, ranges: [range(0, 100, 1), range(10, 50, 0), range(50, 60, 0)] },
          { functionName: "f", isBlockCoverage: true, ranges: [range(20, 30, 1), range(25, 30, 0)] },
        ],
      }),
    ).toEqual([10, 20, 25, 60]));
});

const place = (text: string, url = "w.html") => ({ url, line: 2, column: HTML.indexOf(text) - HTML.indexOf("\n") });
const bundleIn = (context: JoinContext, records: readonly RawCoverage[]) =>
  new Coverage(records, context).reached(context.bundle);
const withUses = (...places: readonly { readonly url: string; readonly line: number; readonly column: number }[]) =>
  joinContext(HTML, {
    bundle: {
      status: "ok",
      value: { files: [], urls: [staticUrl()], uses: places.map((where) => staticUse("alert", "alert", { where })) },
    },
  });

describe("what became of a place", () => {
  const context = withUses(
    place("go();"),
    place("a()}b"),
    place("alert"),
    place("<script>"),
    place("alert", "other.js"),
  );
  const reachesOf = (...records: RawCoverage[]) => {
    const bundle = bundleIn(context, records);
    return bundle.status === "ok" ? bundle.value.uses.map(({ reach }) => reach) : [];
  };

  it("ran, was skipped, was not reached, or is not known", () =>
    expect(reachesOf(record)).toEqual(["ran", "skipped", "unreached", undefined, undefined]));
  it("in any rendering is what counts", () =>
    expect(reachesOf(record, { ...record, functions: [...GO, 0, ...NO, 1], unrun: [...GO] })).toEqual([
      "ran",
      "skipped",
      "ran",
      undefined,
      undefined,
    ]));
  it("in code that arrived is found by address", () => {
    const arrived: RawCoverage = { ...record, offset: null, url: "other.js", length: 90, lines: [9, 81] };
    expect(reachesOf({ ...arrived, functions: [], unrun: [] }).at(-1)).toBe("ran");
    // Two of one address, as blobs have it: it is not known which.
    expect(reachesOf({ ...arrived, unrun: [] }, { ...arrived, length: 91 }).at(-1)).toBeUndefined();
  });
});

describe("shares", () => {
  it("of the document are its own", () =>
    expect(new Coverage([record], joinContext(HTML)).evidence()).toEqual({
      files: [
        {
          file: "w.html",
          characters: { ran: CODE.length - "{a()}".length - (NO[1] - NO[0]), of: CODE.length },
          functions: { ran: 1, of: 2 },
        },
      ],
    }));

  it("of mapped code are those of its source files, and of packages by name", () => {
    const column = OFFSET - HTML.indexOf("\n") - 1;
    const map = {
      version: 3,
      names: [],
      sources: ["src/go.ts", "node_modules/@a/no/index.js", "node_modules/@a/no/other.js"],
      mappings: [
        [],
        [[column + 2], [column + GO[0], 0, 0, 0], [column + NO[0], 1, 0, 0], [column + NO[0] + 5, 2, 0, 0]],
      ],
    };
    const context = joinContext(HTML);
    const mapped = { ...context, document: { ...context.document, sourceMaps: [JSON.stringify(map)] } };
    expect(new Coverage([record], mapped).evidence().files).toEqual([
      { file: "src/go.ts", characters: { ran: GO[1] - GO[0] - 5, of: GO[1] - GO[0] }, functions: { ran: 1, of: 1 } },
      {
        file: "@a/no",
        provenance: "package",
        characters: { ran: 0, of: NO[1] - NO[0] },
        functions: { ran: 0, of: 1 },
      },
    ]);
  });

  it("are absent where nothing was measured", () => {
    expect(coveredIn(rawLog(), [rawLog()], joinContext(HTML))).toEqual({});
    expect(coveredIn(rawLog(), [rawLog({ coverage: [record] })], joinContext(HTML)).coverage).toMatchObject({
      status: "ok",
    });
  });
});
