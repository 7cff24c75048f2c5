import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadTarget } from "../../../harness/sources/index.ts";
import { REQUEST_MS } from "../../../harness/sources/mcp-request.ts";
import type { LoadedTarget } from "../../../harness/model/widget.ts";
import { containing, matching } from "../../expecting.ts";

const FIXTURE = join(import.meta.dirname, "../../fixtures/raw-server.mjs");
let open: LoadedTarget | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});
async function load(mode: string): Promise<LoadedTarget> {
  return (open = await loadTarget({
    targets: [],
    mcpStdio: `"${process.execPath}" "${FIXTURE}" ${mode}`,
    cwd: tmpdir(),
  }));
}

describe("lists", () => {
  test("a tool that breaks the specification is told by its path, as the server's fault", async () => {
    await expect(load("no-schema")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: matching(/tools\/list failed: .*tools\.0\.inputSchema: [^{[]*$/),
    });
    await expect(load("untyped-schema")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: containing("tools.0.inputSchema.type"),
    });
  });
  test("a list that never ends is given up; one of several pages is read to its end", async () => {
    await expect(load("endless")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: containing('nextCursor "again" came again'),
    });
    const pages = await load("pages");
    expect(pages.widgets.map(({ name }) => name)).toEqual(["t2"]);
    expect(pages.warnings).toContainEqual(containing("ui://w declares openai/widgetDomain in resources/list only"));
  });
  test("a tool that is listed twice is one widget, and said", async () => {
    const { widgets, warnings } = await load("twice");
    expect(widgets).toHaveLength(1);
    expect(warnings).toEqual([containing("lists the tool t more than once")]);
  });
});

describe("metadata in the wrong place", () => {
  test.each([
    ["tool-meta", /Tool t declares openai\/widgetCSP, ui\.csp in its own _meta/],
    ["beside", /ui:\/\/w declares openai\/widgetCSP beside the contents only/],
  ])("%s is not read, and said", async (mode, text) => {
    const { widgets, warnings } = await load(mode);
    expect(widgets[0]?.meta).toEqual({});
    expect(warnings).toEqual([matching(text)]);
  });
  test("what the contents say as well is not told; what they say otherwise is", async () => {
    expect((await load("tool-meta-same")).warnings).toEqual([]);
    await open?.close();
    expect((await load("tool-meta-differs")).warnings).toEqual([
      matching(/^Tool t declares openai\/widgetCSP in its own _meta otherwise than the contents .*the contents count/),
    ]);
  });
  test("a list that says otherwise than the contents is told; one that says the same is not", async () => {
    expect((await load("differs")).warnings).toEqual([
      containing("declares openai/widgetCSP in resources/list otherwise"),
    ]);
    await open?.close();
    expect((await load("same")).warnings).toEqual([]);
  });
});

describe("resources", () => {
  test("of two contents the one under the URI is taken, and said", async () => {
    const { widgets, warnings } = await load("two-contents");
    expect(widgets[0]?.html).toBe("<p>w</p>");
    expect(warnings).toEqual([containing("gives 2 contents")]);
  });
  test("what is no resource is told in a line", async () => {
    await expect(load("no-contents")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: matching(/contents: [^\n{]*$/),
    });
    await expect(load("bad-blob")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: containing("contents.0.blob"),
    });
  });
});

describe("tools that give no result", () => {
  test("one that dies ends the run", async () => {
    await expect(load("dies")).rejects.toMatchObject({
      code: "SERVER_UNREACHABLE",
      message: containing("exited with code 9"),
    });
  });
  test("one that is destructive is not called, which is kept for the judge", async () => {
    const { widgets, warnings } = await load("destructive");
    expect(widgets[0]?.scenarios[0]?.noResult).toMatchObject({ reason: "not-called", because: "destructive" });
    expect(warnings).toEqual([expect.stringContaining("was not called")]);
  });
  test(
    "one that never answers is given up in time, which is kept for the judge; so is a resource that never comes",
    async () => {
      const [{ widgets }] = await Promise.all([
        load("silent-call"),
        expect(load("silent-read")).rejects.toMatchObject({
          code: "BAD_METADATA",
          message: containing("did not answer within"),
        }),
      ]);
      expect(widgets[0]?.scenarios[0]).toMatchObject({
        isError: true,
        noResult: { reason: "refused", error: containing("did not answer within") },
      });
    },
    REQUEST_MS + 8000,
  );
  test("one that answers leaves nothing to say", async () => {
    expect((await load("same")).widgets[0]?.scenarios[0]).not.toHaveProperty("noResult");
  });
});

describe("an answer that is nested without end is an error", () => {
  test.each(["deep-list", "deep-read"])("%s", async (mode) => {
    await expect(load(mode)).rejects.toMatchObject({ code: "BAD_METADATA", message: containing("levels deep") });
  });
  test("of a call, too", async () => {
    expect((await load("deep-call")).widgets[0]?.scenarios[0]).toMatchObject({
      noResult: { error: containing("levels deep") },
    });
  });
});

describe("a list that no host would read to its end is an error", () => {
  test("by its size", async () => {
    await expect(load("large-list")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: containing("larger than 8 MB"),
    });
  });
  test("by its entries", async () => {
    await expect(load("many-tools")).rejects.toMatchObject({
      code: "BAD_METADATA",
      message: containing("more than 10000 entries"),
    });
  });
  test("a page and data may be larger", async () => {
    expect((await load("large-page")).widgets[0]?.html.length).toBeGreaterThan(9e6);
    expect((await load("large-call")).widgets[0]?.scenarios[0]).not.toHaveProperty("noResult");
  });
});
