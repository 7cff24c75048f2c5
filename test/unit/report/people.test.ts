/** pretty, markdown, html: what people read. */
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { describe, expect, test } from "vitest";
import { formats } from "../../../harness/report/index.ts";
import { checkOf, failing, finding, hostile, judged, resultOf, runOf, suppressed, undecided } from "./make.ts";

const on = (profile: string) => ({ profile, appliedProfile: profile });

describe("pretty", () => {
  test("a run of which nothing could be gathered says why once", () => {
    const message = "document could not be gathered: The browser was lost twice";
    const reason = { id: "artifact-missing", data: {}, message };
    const checks = ["a/b", "c/d"].map((id) => checkOf({ id, outcome: "error", open: true, reason }));
    const text = formats.pretty.check(resultOf(runOf({ verdict: "incomplete", ended: "unknown", checks })));
    expect(text.match(/The browser was lost twice/g)).toHaveLength(1);
  });
  test("runs with nothing to say follow each other, others stand apart", () => {
    const text = formats.pretty.check(
      resultOf(
        runOf({ widget: "a" }),
        runOf({ widget: "b" }),
        failing({ widget: "c" }),
        runOf({ widget: "d" }),
        runOf({ widget: "e" }),
      ),
    );
    expect(text).toMatch(/^✓ a .*\n✓ b .*\n\n✗ c .*\n/);
    expect(text).toMatch(/https:\/\/api\.example\.com\n\n✓ d .*\n✓ e .*\n\nfail/);
  });
  test("hosts that say the same share a block; one that differs has its own", () => {
    const text = formats.pretty.check(
      resultOf(
        failing(),
        failing(on("chatgpt-desktop")),
        runOf(on("chatgpt-dev")),
        failing({ profile: "claude", appliedProfile: "claude", durationMs: 9 }),
      ),
    );
    expect(text.split("\n")[0]).toBe("✗ w · chatgpt, chatgpt-desktop, claude · default");
    expect(text.match(/It broke\./g)).toHaveLength(1);
    expect(text).toContain("effective in chatgpt");
    expect(text).toContain("✓ w · chatgpt-dev · default · 1.5 s");
    const apart = formats.pretty.check(
      resultOf(
        failing(),
        failing({
          ...on("claude"),
          checks: [checkOf({ outcome: "fail", findings: [finding({ message: "It broke in another way." })] })],
        }),
        failing({ scenario: "empty" }),
      ),
    );
    expect(apart.match(/^✗ w · \S+ · \w+ · 1\.5 s$/gm)).toHaveLength(3);
  });
  test("a host that gave way to another names both", () =>
    expect(formats.pretty.check(resultOf(runOf({ appliedProfile: "chatgpt-undeclared" })))).toContain(
      "chatgpt → chatgpt-undeclared",
    ));
  test("what is open, allowed or unobserved is said", () => {
    expect(formats.pretty.check(resultOf(undecided()))).toContain("? a script got an empty answer evidence/complete");
    expect(formats.pretty.check(resultOf(suppressed()))).toContain("- allowed: It broke. (known)");
    expect(formats.pretty.check(resultOf(runOf({ verdict: "incomplete", ended: "crashed" })))).toMatch(
      /^\? w .*\n {2}\? nothing of the widget was observed: the run ended as "crashed" observation$/m,
    );
  });
  test("which trials ran is one line for all runs", () => {
    const left = { trial: "late", outcome: "not-run", because: "no-result" } as const;
    const ran = { trial: "main", outcome: "ran" } as const;
    const [bare, full] = [runOf({ trials: [ran, left] }), runOf({ trials: [ran, { ...left, outcome: "ran" }] })];
    expect(formats.pretty.check(resultOf(bare))).toContain("· Trials: main. Not run: late (no result to give).");
    expect(formats.pretty.check(resultOf(bare, full))).toContain(
      "· Trials: main 2×, late 1×. Not run: late 1× (no result to give).",
    );
    expect(formats.pretty.check(resultOf(runOf()))).not.toContain("Trials");
  });
  test("stubs are one note for all runs, as the judge words it", () => {
    const stubs = (count: number) => ({ document: { observed: true, answers: { stub: count } } });
    const text = formats.pretty.check(judged([stubs(2), { ...stubs(1), profileId: "claude" }, stubs(0)]));
    expect(text.match(/neutral stub/g)).toHaveLength(1);
    expect(text).toContain("· 3 allowed requests in 2 runs got a neutral stub for an answer");
    expect(formats.pretty.check(judged([stubs(1)]))).toContain(
      "· 1 allowed request(s) got a neutral stub for an answer",
    );
    expect(formats.pretty.check(judged([stubs(0)]))).not.toContain("stub");
  });
  test("the matrix stays within the terminal, and shows reasons in cells where it is wide", () => {
    const hosts = [
      "chatgpt",
      "chatgpt-dev",
      "chatgpt-dev-enforced",
      "chatgpt-desktop",
      "mcp-apps",
      "basic-host",
      "claude",
    ];
    const differing = new Map([
      ["chatgpt-dev", runOf],
      ["claude", undecided],
    ]);
    const result = resultOf(...hosts.map((host) => (differing.get(host) ?? failing)(on(host))));
    const matrixOf = (width: number) => formats.pretty.check(result, { width }).split("\n\n").at(-2) ?? "";
    for (const width of [60, 80, 100]) {
      for (const line of matrixOf(width).split("\n")) expect(line.length, line).toBeLessThanOrEqual(width);
      expect(matrixOf(width)).toContain("✗ ✓ ✗ ✗ ✗ ✗ ?  csp/blocked-request (1 3 4 5 6),");
    }
    expect(matrixOf(300).split("\n")).toHaveLength(2);
    expect(matrixOf(300)).toContain("✗ csp/blocked-request");
    expect(formats.pretty.check(resultOf(failing()))).not.toContain("1 chatgpt");
  });
  test("no word of a widget moves the cursor; colours only when asked for", () => {
    expect(formats.pretty.check(hostile())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
    const evil = resultOf(
      failing({
        checks: [checkOf({ outcome: "fail", findings: [finding({ message: "a\u001b[2J\u001b]0;x\u0007b\u202e" })] })],
      }),
    );
    expect(formats.pretty.check(evil)).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(formats.pretty.check(evil, { color: true })).toContain("\u001b[31m");
    expect(formats.pretty.check(evil, { color: true })).not.toMatch(/\u001b(?!\[\d+m)/);
  });
});

describe("markdown", () => {
  const rowsOf = (text: string) => text.split("\n").filter((line) => line.startsWith("| "));
  test("groups hosts, folds tables, lists what passed in one line each", () => {
    const text = formats.markdown.check(
      resultOf(failing(), failing(on("claude")), runOf({ widget: "p" }), undecided({ widget: "u" }), suppressed()),
    );
    expect(text).toMatch(/^## ❌ Sandglass: fail\n\n5 runs, 2 errors, 2 warnings, 2 undecided/);
    expect(text).toContain("### ❌ w · chatgpt, claude · default\n\n|  | check | finding | where |");
    expect(text).toContain("| error | `csp/blocked-request` | It broke. | `widgets/w/index.html:14:3` |");
    expect(text).toContain("| undecided | `evidence/complete` | a script got an empty answer |");
    expect(text).toContain("\n- ✅ p · chatgpt · default\n");
    expect(text).toContain("- allowed: It broke. (known)");
    expect(text.match(/<details>/g)).toHaveLength(1);
  });
  test("a widget's words are no markup, and rows keep their cells", () => {
    const text = formats.markdown.check(hostile());
    const bare = text
      .replace(/`[^`\n]*`/g, "")
      .replace(/\\[\s\S]/g, "")
      .replace(/<\/?(details|summary)>/g, "");
    expect(bare).not.toMatch(/<\w|@\w|`/);
    expect(text).not.toMatch(/^## head/m);
    for (const table of text.split("\n\n").filter((block) => block.startsWith("| ")))
      expect(new Set(rowsOf(table).map((row) => row.replace(/\\\|/g, "").split("|").length)).size, table).toBe(1);
  });
});

describe("html", () => {
  function elementsOf(text: string): Tree.Element[] {
    const found: Tree.Element[] = [];
    const walk = (node: Tree.Node): void => {
      if ("tagName" in node) found.push(node);
      if ("childNodes" in node) node.childNodes.forEach(walk);
    };
    walk(parse(text));
    return found;
  }
  test("hostile words make no element, no attribute and no request", () => {
    const calm = resultOf(failing());
    for (const result of [hostile(), calm]) {
      const elements = elementsOf(formats.html.check(result));
      expect(new Set(elements.map(({ tagName }) => tagName))).not.toContain("img");
      expect(
        elements.filter(({ tagName }) => ["script", "iframe", "object", "form", "link", "base"].includes(tagName)),
      ).toEqual([]);
      const attributes = elements.flatMap(({ attrs }) => attrs);
      expect(
        attributes.filter(
          ({ name, value }) =>
            name.startsWith("on") ||
            name === "src" ||
            name === "style" ||
            (name === "href" && !/^#(?:run|f|open)-[\w-]+$/.test(value)),
        ),
      ).toEqual([]);
      expect(attributes.find(({ name }) => name === "http-equiv")).toBeDefined();
    }
    expect(formats.html.check(calm)).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
  test("the verdict stands first, each link has its place, and ids are unique", () => {
    const text = formats.html.check(
      resultOf(failing(), failing(on("claude")), runOf(on("chatgpt-dev")), undecided({ widget: "u" })),
    );
    expect(text.slice(text.indexOf("<body>"))).toMatch(
      /^<body><main>\n<header class="banner fail"><h1><span class="name">Sandglass<\/span> Fail<\/h1>/,
    );
    const attributes = elementsOf(text).flatMap(({ attrs }) => attrs);
    const ids = attributes.filter(({ name }) => name === "id").map(({ value }) => value);
    expect(new Set(ids).size).toBe(ids.length);
    const links = attributes.filter(({ name }) => name === "href").map(({ value }) => value.slice(1));
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    expect(text.match(/It broke\./g)).toHaveLength(1);
    expect(text).toContain('<span class="line">14</span><code>fetch(url)</code>');
  });
  test("every word the report uses is there: table, request, allow-list, what is open", () => {
    const text = formats.html.check({ ...hostile(), runs: [failing(), undecided({ widget: "u" }), suppressed()] });
    for (const word of [
      "Requested",
      "Effective",
      "Observed",
      "blocked by CSP",
      "Block to paste",
      "undecided",
      "Allowed: It broke. (known)",
    ])
      expect(text).toContain(word);
    expect(text).toContain("prefers-color-scheme:dark");
  });
});
