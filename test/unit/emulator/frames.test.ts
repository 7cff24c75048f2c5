/** The widget's document: its policy comes first, whole, and whatever the widget's text is. */
import fc from "fast-check";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { describe, expect, test } from "vitest";
import type { HostState, StageBoot } from "../../../host/emulator/bridge/types.ts";
import { beginsWithDoctype, planFrames, topHtml, type FramesInput } from "../../../host/emulator/frames.ts";
import { buildPolicies } from "../../../host/csp/policy.ts";
import { profiles, type BuiltInProfileId } from "../../../host/profiles/index.ts";
import { declare } from "../allowlist/make.ts";

const state = { locale: "en-US", device: "desktop", theme: "light" } as unknown as HostState;
function plan(id: BuiltInProfileId, given: Partial<FramesInput> = {}) {
  const profile = profiles[id];
  const { effective } = buildPolicies(profile, declare({ connect: ['https://a.example/"<&x'] }), {
    serverOrigin: null,
  });
  return {
    effective,
    ...planFrames({
      profile,
      effective,
      sandbox: "https://w.web-sandbox.oaiusercontent.com",
      html: "<!doctype html><title>w</title>",
      state,
      guestSource: "void 0",
      mode: "enforce",
      ...given,
    }),
  };
}
const headOf = (html: string): Tree.Element[] => {
  const root = parse(html).childNodes.find((node): node is Tree.Element => node.nodeName === "html");
  const head = root?.childNodes.find((node): node is Tree.Element => node.nodeName === "head");
  return (head?.childNodes ?? []).filter((node): node is Tree.Element => "tagName" in node);
};

test.each([
  "<!doctype html><html><head><title>w</title></head>",
  "<!-- <head> --><script>early()</script>",
  "<head x='><meta'>",
  "",
  "text",
  '<base href=//x><meta http-equiv=content-security-policy content="script-src *">',
])("the policy is the first element of the head before %j", (html) => {
  const { innerHtml, effective } = plan("chatgpt", { html });
  const [meta, script] = headOf(innerHtml);
  expect(meta?.tagName).toBe("meta");
  expect(meta?.attrs).toEqual([
    { name: "http-equiv", value: "Content-Security-Policy" },
    { name: "content", value: effective.find(({ layer }) => layer === "inner")?.value },
  ]);
  expect(script?.tagName).toBe("script");
});

test("the outer frame is as captured, and the widget's first line stays its first line", () => {
  const { outerUrl, outerHeaders, outerSandbox, innerSandbox, innerHtml, innerPrefixLength } = plan("chatgpt");
  expect(outerUrl).toBe("https://w.web-sandbox.oaiusercontent.com/?app=chatgpt&locale=en-US&deviceType=desktop");
  expect(outerHeaders).toEqual({
    "content-security-policy":
      "frame-src 'self' https: data: blob:; sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms",
  });
  expect([outerSandbox, innerSandbox]).toEqual([
    "allow-scripts allow-same-origin allow-forms",
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms",
  ]);
  expect(innerHtml.slice(0, innerPrefixLength)).not.toMatch(/[\n\r]/);
  expect(innerHtml.slice(innerPrefixLength)).toBe("<!doctype html><title>w</title>");
});

test("a frame without an origin keeps it: the sandbox document writes into it, and the guest takes away what it lacks", () => {
  const { frames, ...rest } = profiles.chatgpt;
  const without = (tokens: readonly string[]) => tokens.filter((token) => token !== "allow-same-origin");
  const profile = {
    ...rest,
    frames: {
      ...frames,
      outerSandbox: { ...frames.outerSandbox, value: without(frames.outerSandbox.value) },
      outerHeaderSandbox: { ...frames.outerHeaderSandbox, value: ["allow-scripts"] },
    },
  };
  const { effective } = buildPolicies(profile, declare({}), { serverOrigin: null });
  expect(effective[0]?.value).toBe("frame-src 'self' https: data: blob:; sandbox allow-scripts");
  const { outerSandbox, outerHeaders } = plan("chatgpt", { profile, effective });
  expect(outerSandbox).toBe("allow-scripts allow-forms allow-same-origin");
  expect(outerHeaders["content-security-policy"]).toBe(
    "frame-src 'self' https: data: blob:; sandbox allow-scripts allow-same-origin",
  );
});

test("developer mode has no policy inside; a header host has it outside; observing reports and refuses nothing", () => {
  expect(headOf(plan("chatgpt-dev").innerHtml).map(({ tagName }) => tagName)).not.toContain("meta");
  const header = plan("basic-host");
  expect(header.outerHeaders["content-security-policy"]).toBe(header.effective[0]?.value);
  const watched = plan("chatgpt", { mode: "observe" });
  expect(watched.outerHeaders["content-security-policy-report-only"]).toContain("connect-src 'self'");
  expect(headOf(watched.innerHtml)[0]?.attrs[1]?.value).toBe("upgrade-insecure-requests");
});

test("quirks mode stays the widget's choice, and a guest that would end its script is refused", () => {
  expect(plan("chatgpt", { html: "<p>old" }).innerHtml).not.toMatch(/^<!doctype/);
  expect(plan("chatgpt", { html: "\ufeff <!-- c --><!DOCTYPE html>" }).innerHtml).toMatch(/^<!doctype html>/);
  for (const guestSource of ["a\nb", "x='</script>'"])
    expect(() => plan("chatgpt", { guestSource })).toThrow("one line");
});

test("boot data cannot end its script", () => {
  const text = topHtml({ state, html: "</script><script>alert(1)</script>\u2028" } as unknown as StageBoot, {
    scriptUrl: 'x"y',
  });
  expect(text.match(/<script/g)).toHaveLength(2);
  expect(text).not.toContain("\u2028");
});

describe("a doctype behind comments", () => {
  const NAIVE = /^(?:\s|\uFEFF|<!--[\s\S]*?-->)*<!doctype[^>]*>/i;
  const soup = (pieces: readonly string[], maxLength: number) =>
    fc.array(fc.constantFrom(...pieces), { maxLength }).map((parts) => parts.join(""));

  test("ordinary documents: as the plain expression says", () => {
    const lead = soup(
      [" ", "\n", "\t", "\ufeff", "<!---->", "<!-- a -->", "<!--<p>\n>-->", "<!-- <!doctype html> -->"],
      8,
    );
    const rest = fc.constantFrom(
      "",
      "<!doctype html>",
      "<!DOCTYPE html SYSTEM 'x'>",
      "<!doctype",
      "<html>",
      "text",
      "<!-- open",
      "<!",
      "<",
    );
    fc.assert(
      fc.property(lead, rest, soup(["<p>", " ", "-", "<!doctype html>"], 3), (before, first, after) => {
        const html = before + first + after;
        expect(beginsWithDoctype(html)).toBe(NAIVE.test(html));
      }),
    );
  });

  test("odd comments: as the parser reads them", () => {
    const html = soup(["<!--", "-->", "--!>", "-", ">", "!", "a", " ", "<!doctype html>", "<p>"], 10);
    fc.assert(
      fc.property(html, (text) => {
        expect(beginsWithDoctype(text)).toBe((parse(text) as unknown as { mode: string }).mode === "no-quirks");
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["closed comments", "<!--x-->"],
    ["open comments", "<!--"],
    ["dashes", "<!----"],
    ["byte order marks", "\ufeff"],
    ["white space", " \n"],
  ])("a megabyte of %s is read once", (_, piece) => {
    const started = performance.now();
    expect(beginsWithDoctype(piece.repeat(1e6 / piece.length))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
