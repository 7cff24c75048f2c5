/** The table of browser APIs agrees with itself, and those who read it with it. */
import { describe, expect, it } from "vitest";
import { readDocument } from "../../../harness/bundle/read.ts";
import { checks } from "../../../harness/checks/index.ts";
import {
  apiOf,
  apis,
  certainMessageOf,
  codeNamesOf,
  isAkinTo,
  isApiId,
  isGranted,
  isJudgedBy,
  refusalIn,
  rowOf,
  staticNames,
  type ApiId,
} from "../../../host/apis/index.ts";
import { wraps } from "../../../host/apis/table.ts";
import { chatgpt } from "../../../host/profiles/chatgpt.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";

const ids = Object.keys(apis).filter(isApiId);
const messages = ids.flatMap((id) => rowOf(id).native.map((message) => ({ id, ...message })));
const sorted = (values: Iterable<string>): string[] => [...new Set(values)].toSorted();

describe("names", () => {
  it("what the recorder reports is of a row, and of no two", () => {
    const reported = wraps.flatMap(({ methods, reports = "*" }) =>
      methods.map((method) => reports.replace("*", method)),
    );
    expect(reported.filter((name) => apiOf(name) === null)).toEqual([]);
    const names = ids.flatMap((id) => rowOf(id).names);
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => names.some((other) => name.startsWith(`${other}.`)))).toEqual([]);
  });

  it("every name of a row is wrapped, or Chromium has words for it", () => {
    const known = [
      ...wraps.flatMap(({ methods, reports = "*" }) => methods.map((method) => reports.replace("*", method))),
      ...messages.map(({ api }) => api),
    ];
    const dead = ids.flatMap((id) =>
      rowOf(id).names.filter((name) => !known.some((one) => one === name || one.startsWith(`${name}.`))),
    );
    expect(dead).toEqual([]);
  });

  it.each<[string, ApiId | null]>([
    ["alert", "alert"],
    ["clipboard.writeText", "clipboard"],
    ["execCommand.copy", "exec-copy"],
    ["getUserMedia.video", "media-capture"],
    ["clipboards", null],
    ["window.openai", null],
    ["window", null],
    ["unload", null],
  ])("%s is of %s", (name, id) => expect(apiOf(name)).toBe(id));

  it("where the code says another name", () => {
    expect(codeNamesOf("download")).toEqual(["click", "download"]);
    expect(codeNamesOf("execCommand.cut")).toEqual(["execCommand"]);
    expect(codeNamesOf("clipboard.writeText")).toEqual(["writeText"]);
    expect(codeNamesOf("unload")).toEqual(["unload"]);
  });
});

describe("Chromium's words", () => {
  it.each(messages)("$sample", ({ id, pattern, sample, api, returned, always }) => {
    expect(sample).toMatch(pattern);
    expect(refusalIn(sample)).toEqual({ api, returned });
    expect(apiOf(api)).toBe(id);
    expect(messages.filter((one) => one.pattern.test(sample))).toHaveLength(1);
    expect(certainMessageOf(api)).toEqual(always ? pattern : null);
  });

  it("a feature without a row is named by the browser", () => {
    expect(refusalIn("Permissions policy violation: unload is not allowed in this document.")).toEqual({
      api: "unload",
      returned: "rejected",
    });
  });

  it.each(["Ignored call to 'alerts()'", "The widget said: Ignored call to 'alert()'", "opening 'x'", ""])(
    "%j is of something else",
    (text) => expect(refusalIn(text)).toBe(null),
  );
});

describe("static names", () => {
  it("no name is of two rows", () => {
    const all = (["calls", "methods", "writes", "members"] as const).flatMap((column) =>
      ids.flatMap((id) => rowOf(id).staticNames[column] ?? []).map((name) => `${column} ${name}`),
    );
    expect(all).toEqual([...new Set(all)]);
  });

  const snippets = [
    ...[...staticNames("calls")].map(([path, id]) => [`${path}()`, id] as const),
    ...[...staticNames("methods")].map(([name, id]) => [`something().${name}()`, id] as const),
    ...[...staticNames("writes")].map(([path, id]) => [`${path} = "https://x.example"`, id] as const),
    ...[...staticNames("members")].map(([path, id]) => [`${path}.length`, id] as const),
  ];
  it.each(snippets)("%s", async (code, id) => {
    const { uses } = await readDocument({ html: `<script>${code}</script>`, name: "widget" });
    expect(uses.map(({ what }) => what)).toContain(id);
  });
  it.each(snippets)("%s of the widget's own", async (code) => {
    const own = code.split(/\W/)[0] ?? "";
    const { uses } = await readDocument({
      html: `<script>(function (${own}, something) { ${code.replace(/\.\w*[rR]equestFullscreen/, ".mine")} })()</script>`,
      name: "widget",
    });
    expect(uses).toEqual([]);
  });
});

describe("checks", () => {
  it("each check of an API judges rows, and each row's check exists", () => {
    const judging = checks
      .map(({ id }) => id)
      .filter((id) => id.startsWith("api/") && !["api/unseen-call", "api/refused-feature"].includes(id));
    expect(sorted(ids.flatMap((id) => rowOf(id).judged ?? []).map((judged) => `api/${judged}`))).toEqual(
      sorted(judging),
    );
  });

  it("what makes a call a second choice is something that the reader finds", () => {
    const beside = ids.flatMap((id) => rowOf(id).unseen?.unlessBeside ?? []);
    expect(beside.filter((what) => !/^(host-link|prevents-default)$/.test(what) && !isApiId(what))).toEqual([]);
  });

  it("a check judges its own rows alone", () => {
    expect(isJudgedBy("modal-dialog")("prompt")).toBe(true);
    expect(isJudgedBy("modal-dialog")("window.open")).toBe(false);
    expect(isJudgedBy("modal-dialog")("prompted")).toBe(false);
  });

  it("uses of one check stand for each other; those of none do not", () => {
    expect(isAkinTo("alert")("confirm")).toBe(true);
    expect(isAkinTo("alert")("download")).toBe(false);
    expect(isAkinTo("share")("navigator.share")).toBe(true);
    expect(isAkinTo("share")("storage.setItem")).toBe(false);
    expect(isAkinTo("alert")("unheard.of")).toBe(false);
  });
});

describe("what a profile lets through", () => {
  const host = (frames: { outer?: string[]; inner?: string[]; allow?: string }): HostProfile => ({
    ...chatgpt,
    frames: {
      ...chatgpt.frames,
      outerSandbox: { ...chatgpt.frames.outerSandbox, value: frames.outer ?? [] },
      innerSandbox: { ...chatgpt.frames.innerSandbox, value: frames.inner ?? [] },
      outerAllow: { ...chatgpt.frames.outerAllow, value: frames.allow ?? "" },
    },
  });

  it("a token counts when both frames have it", () => {
    expect(isGranted(apis.alert, host({ outer: ["allow-modals"], inner: ["allow-modals"] }))).toBe(true);
    expect(isGranted(apis.alert, host({ outer: ["allow-modals"] }))).toBe(false);
    expect(isGranted(apis.alert, host({ inner: ["allow-modals"] }))).toBe(false);
  });

  it("a feature counts when it is delegated", () => {
    expect(isGranted(apis.geolocation, host({ allow: "microphone *; geolocation *" }))).toBe(true);
    expect(isGranted(apis.geolocation, host({ allow: "geolocation" }))).toBe(true);
    expect(isGranted(apis.geolocation, host({ allow: "geolocation 'none'" }))).toBe(false);
    expect(isGranted(apis.geolocation, host({ allow: "x-geolocation *" }))).toBe(false);
    expect(isGranted(apis.geolocation, host({}))).toBe(false);
  });

  it("what no profile states is not granted", () => {
    expect(isGranted(apis.cookie, host({ outer: ["allow-modals"], allow: "cookie *" }))).toBe(false);
  });
});
