import { describe, expect, it } from "vitest";
import type { JoinContext } from "../../../harness/model/join-context.ts";
import type { RawLog, RawRequest } from "../../../harness/model/raw-log.ts";
import { attemptsFrom } from "./make.ts";
import { apiUse, arrival, issue, joinContext, message, place, request, SANDBOX } from "./raw.ts";

const A = "https://api.example.com/x";
const SOCKET = {
  channel: "network",
  url: "wss://a.example/",
  kind: "websocket",
  role: "inner",
  place: null,
  atMs: 1,
} as const;
const only = (log: Partial<RawLog>, html?: string, more?: Partial<JoinContext>) => {
  const attempts = attemptsFrom(log, html, more);
  expect(attempts).toHaveLength(1);
  return attempts[0];
};

describe("violations", () => {
  it("are joined with the request that they are about", () =>
    expect(
      only({ issues: [issue(A)], requests: [request(A, { state: "failed", blockedReason: "csp" })] }),
    ).toMatchObject({
      outcome: "blocked-by-csp",
      blockClass: "csp-expressible",
      list: "connect",
      channels: ["audits", "network"],
    }));
  it("are joined with one that failed for a reason which its channel does not say", () =>
    expect(
      only({
        issues: [issue(A, { channel: "page" })],
        requests: [request(A, { channel: "page", state: "failed", blockedReason: "unknown" })],
      }),
    ).toMatchObject({ outcome: "blocked-by-csp", channels: ["page"] }));
  it("leave a request of another directive alone", () =>
    expect(
      attemptsFrom({
        issues: [issue("data", { directive: "img-src" })],
        requests: [request("data:text/plain,x", { kind: "font", state: "failed", blockedReason: "csp" })],
      }).map(({ url, kind }) => `${kind} ${url}`),
    ).toEqual(["image data:", "font data:text/plain,x"]));
  it("of a redirect name where it led", () =>
    expect(
      only({ issues: [issue(A)], arrivals: [arrival(A, { status: 302, redirectTo: "https://b.example/y" })] }),
    ).toMatchObject({ url: "https://b.example/y", redirectedFrom: [A], outcome: "blocked-by-csp" }));
  describe("of a redirect that the browser sends before its policy stops it, as that of a beacon", () => {
    const to = "https://b.example/y";
    const refused = { answeredBy: "refused", status: 0, outsidePolicy: true } as const;
    const log = {
      issues: [issue(A, { atMs: 9 })],
      requests: [request(to, { kind: "beacon", state: "failed", blockedReason: "csp" })],
    };
    const answered = arrival(A, { status: 302, redirectTo: to, atMs: 5 });
    const sent = arrival(to, { ...refused, atMs: 7 });
    it("are no escape", () =>
      expect(only({ ...log, arrivals: [answered, sent] })).toMatchObject({ url: to, outcome: "blocked-by-csp" }));
    it.each([
      ["sent twice", [answered, sent, arrival(to, { ...refused, atMs: 8 })]],
      ["sent later", [answered, arrival(to, { ...refused, atMs: 20 })]],
    ] as const)("leave what is %s an escape", (_, arrivals) =>
      expect(attemptsFrom({ ...log, arrivals }).map(({ escape }) => escape)).toContain("parent"),
    );
  });
  it("of the outer and the inner policy are one", () => {
    const frame = issue("https://f.example", { directive: "frame-src" });
    expect(only({ issues: [frame, { ...frame, atMs: 2 }] })).toMatchObject({ kind: "frame", list: "frame", count: 1 });
  });
  it("of an icon, which no frame asks for, are none, unless it is asked for as a picture, too", () => {
    const html = `<link href="https://i.example/i.png" rel="shortcut icon"><link rel="stylesheet" href="https://i.example/s.css">`;
    const icon = issue("https://i.example/i.png", { directive: "img-src" });
    const asked = request(icon.blockedUrl, { kind: "image", state: "failed", blockedReason: "csp" });
    const sheet = issue("https://i.example/s.css", { directive: "style-src-elem" });
    expect(attemptsFrom({ issues: [icon, sheet] }, html).map(({ url }) => url)).toEqual(["https://i.example/s.css"]);
    expect(attemptsFrom({ issues: [icon], requests: [asked] }, html)).toHaveLength(1);
  });
  it("of inline code and eval are of their kind", () =>
    expect(
      attemptsFrom({
        issues: [
          issue("", { directive: "script-src-elem", code: "inline" }),
          issue("", { directive: "script-src", code: "eval", atMs: 2 }),
        ],
      }).map(({ url, kind, list }) => [url, kind, list]),
    ).toEqual([
      ["inline", "inline", null],
      ["eval", "eval", null],
    ]));
  it("that are only reported count the requests that went ahead", () => {
    const log = { issues: [issue(A, { count: 2 })], requests: [request(A)], arrivals: [arrival(A)] };
    expect(only(log, undefined, { observe: true })).toMatchObject({
      outcome: "blocked-by-csp",
      count: 1,
      answeredBy: "stub",
      channels: ["audits", "network", "boundary"],
    });
  });
});

describe("requests", () => {
  it("are completed by what arrived", () =>
    expect(only({ requests: [request(A)], arrivals: [arrival(A, { answeredBy: "mock" })] })).toMatchObject({
      outcome: "allowed",
      answeredBy: "mock",
      status: 200,
      channels: ["network", "boundary"],
    }));
  it("of the stage are left out", () =>
    expect(
      attemptsFrom({
        requests: [
          request("https://chatgpt.com/", { role: "top", kind: "frame" }),
          request(`${SANDBOX}/?app=chatgpt`, { role: "outer", kind: "frame" }),
          request("blob:x", { kind: "worker" }),
          request("https://b.example/favicon.ico", { role: "popup", kind: "image" }),
        ],
      }),
    ).toEqual([]));
  it.each([
    ["inner", false, "navigation", "self-navigation"],
    ["inner", true, "form", "form"],
    ["popup", false, "popup", "popup"],
    ["outer", false, "frame", "parent"],
  ] as const)("for a document: %s, form %s, is %s", (role, isForm, kind, escape) =>
    expect(only({ requests: [request(A, { kind: "frame", role, isForm })] })).toMatchObject({ kind, escape }),
  );
  it("for a relative address reach the sandbox's host", () =>
    expect(only({ requests: [request(`${SANDBOX}/api`)] })).toMatchObject({
      outcome: "failed",
      blockClass: "relative-url",
      answeredBy: "sandbox-host",
    }));
  it.each([
    [{ corsError: "MissingAllowOriginHeader" }, "cors"],
    [{ blockedReason: "origin" }, "same-origin"],
    [{ blockedReason: "corp-not-same-origin" }, "corp"],
    [{ blockedReason: "mixed-content" }, "mixed-content"],
    [{}, "other"],
  ] as const)("that fail: %o is %s", (why, blockClass) =>
    expect(only({ requests: [request(A, { state: "failed", error: "net::ERR_FAILED", ...why })] })).toMatchObject({
      outcome: "failed",
      blockClass,
    }),
  );
  it("that the widget cut off itself met nothing", () =>
    expect(only({ requests: [request(A, { state: "failed", error: "net::ERR_ABORTED" })] })).toMatchObject({
      outcome: "allowed",
    }));
  it("of each hop are attempts of their own", () =>
    expect(
      attemptsFrom({ requests: [request("https://b.example/y", { hops: [A] })] }).map(({ url, redirectedFrom }) => [
        url,
        redirectedFrom,
      ]),
    ).toEqual([
      [A, undefined],
      ["https://b.example/y", [A]],
    ]));
  it("that are alike are one with a count", () =>
    expect(only({ requests: [request(A), request(A, { atMs: 2 })] })).toMatchObject({ count: 2 }));
  it("for a local address are marked so", () =>
    expect(only({ requests: [request("https://localhost:3000/")] })).toMatchObject({ blockClass: "local-network" }));
});

describe("what only our servers saw", () => {
  it("is an attempt, placed by its address", () =>
    expect(only({ arrivals: [arrival(A)] })).toMatchObject({ channels: ["boundary"], where: { line: 3 } }));
  it("outside the policy went by another document", () =>
    expect(only({ arrivals: [arrival(A, { outsidePolicy: true, answeredBy: "refused", status: 0 })] })).toMatchObject({
      outcome: "failed",
      blockClass: "boundary",
      escape: "parent",
    }));
  it("and the sandbox may not read has failed", () => {
    const unreadable = { allowOrigin: null, resourcePolicy: null, requestOrigin: SANDBOX };
    expect(only({ arrivals: [arrival(A, { unreadable })] })).toMatchObject({ outcome: "failed", blockClass: "cors" });
    expect(only({ requests: [request(A)], arrivals: [arrival(A, { unreadable })] })).toMatchObject({
      outcome: "failed",
      cors: unreadable,
    });
  });
  it("on the sandbox's host is a relative address", () =>
    expect(only({ arrivals: [arrival(`${SANDBOX}/api`, { answeredBy: "sandbox-host", status: 404 })] })).toMatchObject({
      blockClass: "relative-url",
    }));
  it("of a window's own accord is none", () =>
    expect(
      attemptsFrom({
        requests: [request("https://b.example/", { role: "popup", kind: "frame" })],
        arrivals: [arrival("https://b.example/favicon.ico", { dest: "image" })],
      }),
    ).toHaveLength(1));
});

describe("what becomes no request", () => {
  it("a refused window is told by the browser's own message", () => {
    const text =
      "Blocked opening 'https://b.example/' in a new window because the request was made in a sandboxed frame";
    expect(only({ messages: [message({ text })] })).toMatchObject({ kind: "popup", outcome: "blocked-by-sandbox" });
    expect(attemptsFrom({ messages: [message({ text, origin: "console" })] })).toEqual([]);
  });
  it("a peer names its servers, or none", () => {
    const peers = (returned: string) =>
      attemptsFrom({ apiUses: [apiUse({ api: "RTCPeerConnection", returned, places: [place(0)] })] }).map(
        ({ url, origin }) => [url, origin],
      );
    expect(peers("stun:stun.example.com:19302")).toEqual([["stun:stun.example.com:19302", "stun://stun.example.com"]]);
    expect(peers("")).toEqual([["webrtc:", "webrtc:"]]);
  });
  it("a peer of the sandbox document is a way out; one of the widget's own is a peer", () => {
    const peer = (initiator: "outer" | "frame") =>
      only({ apiUses: [apiUse({ api: "RTCPeerConnection", returned: "", initiator, places: [place(0)] })] });
    expect([peer("outer"), peer("frame")]).toMatchObject([{ escape: "parent" }, { escape: "webrtc" }]);
  });
  it("a socket that the widget's policy does not let through, and that nothing refused, was opened by another document", () => {
    const policy = (value: string) => ({
      policy: { ...joinContext().policy, effective: [{ layer: "inner", delivery: "meta", value }] } as const,
    });
    const ways = (role: "inner" | "framed", more: Partial<JoinContext>) =>
      only({ sockets: [{ ...SOCKET, kind: "webtransport", url: "https://a.example/", role }] }, "", more)?.escape;
    expect(ways("inner", policy("connect-src 'self'"))).toBe("parent");
    expect(ways("inner", policy("connect-src https://a.example"))).toBeUndefined();
    expect(ways("inner", policy("img-src 'none'")), "no directive governs it").toBeUndefined();
    expect(ways("framed", policy("connect-src 'self'")), "a page with a policy of its own").toBeUndefined();
  });
  it("a socket is told once, by its violation when there is one", () => {
    const socket = SOCKET;
    expect(only({ sockets: [socket] })).toMatchObject({ kind: "websocket", outcome: "allowed" });
    expect(only({ sockets: [socket], issues: [issue("wss://a.example/")] })).toMatchObject({
      outcome: "blocked-by-csp",
    });
  });
});

describe("several requests to one address", () => {
  const outcomes = (log: Partial<RawLog>) =>
    attemptsFrom(log).map(({ kind, outcome, answeredBy, blockClass }) =>
      [kind, outcome, answeredBy, blockClass].filter(Boolean).join(" "),
    );
  it("are each answered by an arrival of their own: a refused fetch beside a picture that loads", () =>
    expect(
      outcomes({
        requests: [
          request(A, { kind: "image", state: "answered", status: 200 }),
          request(A, { state: "failed", error: "net::ERR_FAILED", corsError: "MissingAllowOriginHeader" }),
        ],
        arrivals: [arrival(A, { dest: "image", answeredBy: "live" }), arrival(A, { answeredBy: "live" })],
      }),
    ).toEqual(["image allowed live", "fetch failed live cors"]));
  it("the browser says which origin an answer that may not be read names, or that it names none", () => {
    const { status: _unknown, ...refused } = request(A, { state: "failed", error: "net::ERR_FAILED" });
    const corsOf = (more: Partial<RawRequest>) => only({ requests: [{ ...refused, ...more }] });
    expect(corsOf({ corsError: "MissingAllowOriginHeader" })).toMatchObject({ cors: { allowOrigin: null } });
    const other = { corsError: "AllowOriginMismatch", corsParameter: "https://chatgpt.com" };
    expect(corsOf(other)).toMatchObject({ cors: { allowOrigin: "https://chatgpt.com" } });
    expect(corsOf({ corsError: "WildcardOriginNotAllowed", corsParameter: "*" })).not.toHaveProperty("cors");
  });
  it("a script that a stub answered is not the fetch that a mock answered", () =>
    expect(
      outcomes({
        requests: [
          request(A, { state: "answered", status: 200 }),
          request(A, { kind: "script", state: "answered", status: 200 }),
        ],
        arrivals: [arrival(A, { answeredBy: "mock" }), arrival(A, { dest: "script", answeredBy: "stub" })],
      }),
    ).toEqual(["fetch allowed mock", "script allowed stub"]));
  it("one that was answered is not unreachable because the next one is", () =>
    expect(
      outcomes({
        requests: [
          request(A, { state: "answered", status: 200 }),
          request(A, { state: "failed", error: "net::ERR_EMPTY_RESPONSE" }),
        ],
        arrivals: [arrival(A, { answeredBy: "live" }), arrival(A, { answeredBy: "unreachable", status: 0 })],
      }),
    ).toEqual(["fetch allowed live", "fetch failed unreachable unreachable"]));
});

describe("a violation that no policy of the host explains", () => {
  const effective = [
    { layer: "inner", delivery: "meta", value: "script-src 'unsafe-inline'; connect-src https://a.example" },
  ] as const;
  const policy = { ...joinContext().policy, effective };
  it.each([
    [issue("https://a.example/x"), "own-policy"],
    [issue("https://b.example/x"), "csp-expressible"],
    [issue("", { directive: "script-src-elem", code: "inline" }), "own-policy"],
    [issue("", { directive: "script-src", code: "eval" }), "csp-inexpressible"],
    [issue("https://b.example/p.png", { directive: "img-src" }), "own-policy"],
  ] as const)("%o: %s", (one, blockClass) =>
    expect(only({ issues: [one] }, undefined, { policy })).toMatchObject({ blockClass }),
  );
});
