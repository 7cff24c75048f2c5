import { describe, expect, it } from "vitest";
import {
  blockClassOf,
  directiveOfKind,
  expressibleList,
  kindOfDest,
  kindOfInitiator,
  kindOfType,
  kindOfViolation,
} from "../../../host/csp/kinds.ts";
import { profiles } from "../../../host/profiles/index.ts";

describe("the table of kinds", () => {
  it.each([
    ["Fetch", "fetch", "connect-src"],
    ["XHR", "xhr", "connect-src"],
    ["Ping", "beacon", "connect-src"],
    ["Stylesheet", "stylesheet", "style-src-elem"],
    ["Document", "frame", "frame-src"],
    ["TextTrack", "track", "media-src"],
    ["Prefetch", "prefetch", "default-src"],
    ["SignedExchange", "other", null],
  ] as const)("%s is %s under %s", (type, kind, directive) => {
    expect(kindOfType(type)).toBe(kind);
    expect(directiveOfKind(kind)).toBe(directive);
  });

  it("reads what a request is for, and what asked for it", () => {
    expect(["document", "embed", "paintworklet", "serviceworker", "xslt"].map(kindOfDest)).toEqual([
      "navigation",
      "object",
      "script",
      "worker",
      "other",
    ]);
    expect(["xmlhttprequest", "css", "input", "navigation"].map(kindOfInitiator)).toEqual([
      "xhr",
      "stylesheet",
      "image",
      "other",
    ]);
  });

  it.each([
    ["script-src-elem", "https://a.example/x.js", "script"],
    ["script-src-elem", "inline", "inline"],
    ["script-src", "eval", "eval"],
    ["script-src", "wasm-eval", "eval"],
    ["style-src-attr", "", "inline"],
    ["connect-src", "wss://a.example/", "websocket"],
    ["connect-src", "https://a.example/", "fetch"],
    ["child-src", "https://a.example/", "frame"],
    ["trusted-types", "x", "other"],
  ] as const)("a violation of %s by %s is of kind %s", (directive, blocked, kind) =>
    expect(kindOfViolation(directive, blocked)).toBe(kind),
  );
});

describe("what a declaration could allow", () => {
  const list = (directive: string, url: string, kind: Parameters<typeof expressibleList>[2]) =>
    expressibleList(directive, url, kind, profiles.chatgpt);

  it("names the list that feeds the directive", () => {
    expect(list("connect-src", "https://a.example/", "fetch")).toBe("connect");
    expect(list("img-src", "https://a.example/x.png", "image")).toBe("resource");
    expect(list("frame-src", "https://a.example/", "frame")).toBe("frame");
    expect(list("default-src", "https://a.example/", "prefetch")).toBe("resource");
    expect(list("default-src", "https://a.example/", "other")).toBe("resource");
  });

  it.each([
    ["connect-src", "http://a.example/", "fetch"],
    ["connect-src", "https://192.168.1.20/", "fetch"],
    ["frame-src", "http://a.example/", "frame"],
    ["img-src", "data:image/png,", "image"],
    ["script-src-elem", "https://a.example/", "inline"],
    ["object-src", "https://a.example/", "object"],
  ] as const)("no list allows %s %s as %s", (directive, url, kind) => expect(list(directive, url, kind)).toBeNull());

  it("says why it was refused", () => {
    expect(blockClassOf("connect", "https://a.example/", "connect-src")).toBe("csp-expressible");
    expect(blockClassOf(null, "https://a.example/", "object-src")).toBe("csp-inexpressible");
    expect(blockClassOf(null, "http://a.example/", "img-src")).toBe("mixed-content");
    expect(blockClassOf(null, "http://a.example/", "frame-src")).toBe("csp-inexpressible");
    expect(blockClassOf(null, "https://localhost/", "connect-src")).toBe("local-network");
  });
});
