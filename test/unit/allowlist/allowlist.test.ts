/** Observing runs in; rows, suggestion and proof out. */
import { describe, expect, test } from "vitest";
import { allowlistDiff, allowlistOf, suggestedDeclaration, verify } from "../../../harness/allowlist/index.ts";
import { readDocument } from "../../../harness/bundle/read.ts";
import type { AnsweredBy, NetworkAttempt } from "../../../harness/model/evidence.ts";
import type { CspDeclaration } from "../../../host/profiles/types.ts";
import { asked, blocked, declare, evidence, SANDBOX, type Made } from "./make.ts";
import { containing, matching } from "../../expecting.ts";
import { attempt, NO_BUNDLE } from "../make.ts";

const list = (
  network: readonly NetworkAttempt[],
  declaration: CspDeclaration = declare({}),
  made: Made = {},
  serverOrigin: string | null = null,
) =>
  allowlistOf({
    widget: { name: "w", declaration, serverOrigin },
    observed: [evidence({ declaration, network, serverOrigin, ...made })],
  });
const states = (result: Awaited<ReturnType<typeof list>>) =>
  Object.fromEntries(result.origins.map((row) => [row.origin, `${row.state} ${row.lists.join("+")}`]));
const A = "https://api.example-host.com";

describe("what is asked for, in which list", () => {
  test("blocked and allowed requests, a host in both lists, Google Fonts with its two origins", async () => {
    const result = await list(
      [
        blocked(`${A}/x`),
        blocked(`${A}/logo.png`, "image"),
        asked("https://cdn.example-host.com/a.js", "script"),
        blocked("https://fonts.googleapis.com/css2", "stylesheet"),
        blocked("https://fonts.gstatic.com/s/a.woff2", "font"),
      ],
      declare({ resource: ["https://cdn.example-host.com"] }),
    );
    expect(states(result)).toEqual({
      [A]: "missing connect+resource",
      "https://cdn.example-host.com": "declared resource",
      "https://fonts.googleapis.com": "missing resource",
      "https://fonts.gstatic.com": "missing resource",
    });
    expect(result.suggested["openai/widgetCSP"]).toEqual({
      connect_domains: [A],
      resource_domains: [
        A,
        "https://cdn.example-host.com",
        "https://fonts.googleapis.com",
        "https://fonts.gstatic.com",
      ],
      frame_domains: [],
    });
    expect(result.suggested.ui.csp).toEqual({
      connectDomains: [A],
      resourceDomains: [A, "https://cdn.example-host.com", "https://fonts.googleapis.com", "https://fonts.gstatic.com"],
      frameDomains: [],
    });
    expect(result.origins.find((row) => row.origin === "https://fonts.gstatic.com")?.owner).toBe("Google Fonts");
  });

  test("every hop of a redirect is in the list", async () => {
    const result = await list(
      [
        blocked("https://c.example-host.net/final", "image", {
          redirectedFrom: ["https://a.example-host.net/1", "https://b.example-host.net/2"],
        }),
      ],
      declare({ resource: ["https://a.example-host.net"] }),
    );
    expect(states(result)).toEqual({
      "https://a.example-host.net": "declared resource",
      "https://b.example-host.net": "missing resource",
      "https://c.example-host.net": "missing resource",
    });
  });

  test("wss only where it was seen, and never covered by https", async () => {
    const declaration = declare({ connect: ["https://live.example-host.com"] });
    const result = await list(
      [blocked("wss://live.example-host.com/s", "websocket"), asked("https://live.example-host.com/x")],
      declaration,
    );
    expect(result.suggested.ui.csp.connectDomains).toEqual([
      "https://live.example-host.com",
      "wss://live.example-host.com",
    ]);
    expect(result.origins.find((row) => row.state === "missing")?.advice).toContain(
      "https://live.example-host.com does not cover it",
    );
    expect(
      (await list([asked("https://live.example-host.com/x")], declaration)).suggested.ui.csp.connectDomains,
    ).toEqual(["https://live.example-host.com"]);
  });

  test("what the host allows by itself needs no entry", async () => {
    const result = await list([
      asked("https://files.oaiusercontent.com/a.js", "script"),
      attempt({
        url: `${SANDBOX}/x.js`,
        kind: "script",
        outcome: "failed",
        blockClass: "relative-url",
        answeredBy: "sandbox-host",
      }),
    ]);
    expect(result.origins).toEqual([]);
    expect(result.notes?.join()).toContain("/x.js is a relative URL");
  });

  test("undeclared, the server's own origin is added by the host and must still be declared", async () => {
    const result = await list(
      [asked("https://mcp.example-host.com/app.js", "script")],
      declare(null),
      {},
      "https://mcp.example-host.com",
    );
    expect(states(result)).toEqual({ "https://mcp.example-host.com": "missing resource" });
  });

  test("plain http is declared as https; this machine is declared as nothing", async () => {
    const result = await list([
      blocked("http://img.example-host.com/a.png", "image"),
      asked("http://localhost:3000/x", "fetch", { blockClass: "local-network" }),
    ]);
    expect(states(result)).toEqual({
      "https://img.example-host.com": "missing resource",
      "http://localhost:3000": "cannot-be-allowed connect",
    });
    expect(result.suggested.ui.csp).toEqual({
      connectDomains: [],
      resourceDomains: ["https://img.example-host.com"],
      frameDomains: [],
    });
  });

  test("what no list can allow is said with what to do", async () => {
    const result = await list([
      blocked("https://cdn.example-host.com/w.js", "worker"),
      blocked("data:font/woff2;base64,AA", "font"),
      blocked("blob:https://x/1", "image"),
    ]);
    expect(states(result)).toEqual({
      "https://cdn.example-host.com": "cannot-be-allowed ",
      "data:": "cannot-be-allowed ",
      "blob:": "cannot-be-allowed ",
    });
    expect(result.origins.every((row) => (row.advice?.length ?? 0) > 20)).toBe(true);
    expect(result.suggested.ui.csp).toEqual({ connectDomains: [], resourceDomains: [], frameDomains: [] });
  });

  test("a framed page's own requests, and what other documents ask for, are not the widget's", async () => {
    const frame = asked("https://player.example-host.com/embed", "frame");
    const result = await list(
      [
        frame,
        asked("https://tracker.example-host.net/t.js", "script", { initiator: "framed-page" }),
        asked("https://outer.example-host.net/x", "fetch", { initiator: "outer", escape: "parent" }),
      ],
      declare({ frame: ["https://player.example-host.com"] }),
    );
    expect(states(result)).toEqual({ "https://player.example-host.com": "declared frame" });
    const srcdoc = await list([blocked("https://in-srcdoc.example-host.net/x.js", "script", { initiator: "frame" })]);
    expect(states(srcdoc)).toEqual({ "https://in-srcdoc.example-host.net": "missing resource" });
  });
});

describe("the declaration against what was seen", () => {
  test("wrong list, unused, too broad", async () => {
    const result = await list(
      [blocked(`${A}/x`), asked("https://t1.tiles.example-host.net/1.png", "image")],
      declare({ resource: [A, "https://*.tiles.example-host.net", "https://old.example-host.com"] }),
    );
    expect(states(result)).toEqual({
      [A]: "wrong-list connect",
      "https://t1.tiles.example-host.net": "too-broad resource",
      "https://old.example-host.com": "unused resource",
    });
    expect(result.diff).toEqual([
      `+ connect  ${A}`,
      `- resource ${A}`,
      "- resource https://old.example-host.com",
      "- resource https://*.tiles.example-host.net",
      "+ resource https://t1.tiles.example-host.net",
    ]);
  });

  test("needed in two lists and declared in one is missing, not misplaced", async () => {
    expect(states(await list([blocked(`${A}/x`), asked(`${A}/a.png`, "image")], declare({ resource: [A] })))).toEqual({
      [A]: "missing connect+resource",
    });
  });

  test("a wildcard whose hosts are built at run time is kept: a run sees some of them by chance", async () => {
    const bundle = await readDocument({
      html: `<script>const tiles = "https://{s}.tile.example-host.org/{z}/{x}/{y}.png"</script>`,
      name: "w",
    });
    const network = [asked("https://a.tile.example-host.org/1/1/1.png", "image")];
    const kept = await list(network, declare({ resource: ["https://*.tile.example-host.org"] }), { bundle });
    expect(kept.suggested.ui.csp.resourceDomains).toEqual(["https://*.tile.example-host.org"]);
    const narrowed = await list(network, declare({ resource: ["https://*.tile.example-host.org"] }));
    expect(narrowed.suggested.ui.csp.resourceDomains).toEqual(["https://a.tile.example-host.org"]);
  });

  test("an entry beside a rule whose address does not parse is kept, in the list that the rule asks", async () => {
    const uses = [{ what: "bad-css-url", detail: "url(a b)", where: { url: "w.html", line: 4 } }] as const;
    const declared = { connect: ["https://api.example.com"], resource: ["https://fonts.example.com"] };
    const result = await list([], declare(declared), { bundle: { ...NO_BUNDLE, uses } });
    expect(result.origins.map(({ origin, state, advice }) => [origin, state, advice?.includes("line 4")])).toEqual([
      ["https://api.example.com", "unused", false],
      ["https://fonts.example.com", "declared", true],
    ]);
  });

  test("frame, redirect and base entries are kept, and that is said", async () => {
    const result = await list(
      [],
      declare({ frame: ["https://player.example-host.com"], redirect: ["https://pay.example-host.com"] }),
    );
    expect(states(result)).toEqual({
      "https://player.example-host.com": "unused frame",
      "https://pay.example-host.com": "unused redirect",
    });
    expect(result.diff).toEqual([]);
    expect(result.origins.every((row) => row.advice?.includes("kept as declared"))).toBe(true);
  });

  test("a link needs no entry: only the app's own is offered", async () => {
    const links = [
      { url: "https://www.my-app.example/pay", safeLink: true },
      { url: "https://elsewhere.example-host.com/x", safeLink: true },
    ];
    const result = await list(
      [asked("https://www.my-app.example/api")],
      declare({ connect: ["https://www.my-app.example"] }),
      { links },
    );
    expect(result.suggested["openai/widgetCSP"].redirect_domains).toEqual(["https://www.my-app.example"]);
    expect(states(result)["https://www.my-app.example"]).toBe("declared connect+redirect");
  });

  test("the text's entries are offered apart; what is declared as well is kept, and that is said", async () => {
    const bundle = await readDocument({
      html: `<script>function later() { fetch("${A}/later") }\nconst x = "https://maybe.example-host.com/x.png"\nconst link = "https://github.com/x"</script><a href="https://link.example-host.com">x</a>`,
      name: "w",
    });
    const result = await list([], declare({ resource: ["https://maybe.example-host.com"] }), { bundle });
    expect(result.staticOnly.map((row) => [row.origin, row.lists, row.state])).toEqual([[A, ["connect"], "missing"]]);
    expect(result.staticOnly[0]?.advice).toContain("line 1");
    expect(states(result)).toEqual({ "https://maybe.example-host.com": "declared resource" });
    expect(result.origins[0]?.advice).toContain("names it");
    expect(result.suggested.ui.csp).toEqual({
      connectDomains: [],
      resourceDomains: ["https://maybe.example-host.com"],
      frameDomains: [],
    });
    expect(verify(result, [evidence({ declaration: suggestedDeclaration(result) })]).verified).toBe(null);
  });

  test("a script that got an empty answer refutes nothing", async () => {
    const declared = declare({
      resource: ["https://cdn.example-host.com"],
      connect: ["https://data.example-host.com"],
    });
    const script = (rest: { readonly answeredBy: AnsweredBy }) =>
      asked("https://cdn.example-host.com/lib.js", "script", rest);
    const stubbed = await list([script({ answeredBy: "stub" })], declared);
    expect(stubbed.diff).toEqual([]);
    expect(stubbed.origins.find(({ origin }) => origin === "https://data.example-host.com")).toMatchObject({
      state: "declared",
      advice: containing("did not run: it is kept"),
    });
    expect(
      verify(stubbed, [evidence({ declaration: declared, network: [script({ answeredBy: "stub" })] })]).verified,
    ).toBe(null);
    const real = await list([script({ answeredBy: "mock" })], declared);
    expect(real.diff).toEqual(["- connect  https://data.example-host.com"]);
    expect(
      verify(real, [evidence({ declaration: suggestedDeclaration(real), network: [script({ answeredBy: "mock" })] })])
        .verified,
    ).toBe(true);
  });
});

test("a proof that was ended before its time is none, and refutes nothing", async () => {
  const result = await list([blocked(`${A}/x`)]);
  const enforced = evidence({ declaration: suggestedDeclaration(result), network: [asked(`${A}/x`)] });
  expect(verify(result, [enforced]).verified).toBe(true);
  const failed = { status: "failed", error: { code: "INTERRUPTED", message: "The command was ended." } } as const;
  const ended = { ...enforced, artifacts: { ...enforced.artifacts, network: failed, document: failed } };
  expect(verify(result, [ended])).toMatchObject({ verified: null });
});

describe("a declared entry that nothing asked for", () => {
  const ENTRY = "https://second.example-host.com";
  const FIRST = "https://first.example-host.com";
  const declared = declare({ resource: [FIRST, ENTRY] });
  const picture = (answeredBy: AnsweredBy) => asked(`${FIRST}/a.png`, "image", { answeredBy });
  const rowOf = async (network: readonly NetworkAttempt[], made: Made = {}) =>
    (
      await allowlistOf({
        widget: { name: "w", declaration: declared, serverOrigin: null },
        observed: [evidence({ declaration: declared, network, ...made })],
      })
    ).origins.find(({ origin }) => origin === ENTRY);

  test.each<readonly [string, readonly NetworkAttempt[], readonly string[], RegExp]>([
    ["a picture with a stub may redirect to it", [picture("stub")], [], /may be a redirect: it is kept/],
    [
      "data with a stub may lead to it",
      [asked(`${FIRST}/d.json`, "fetch", { answeredBy: "stub" })],
      [],
      /may lead there/,
    ],
    ["what the widget is given names it", [picture("mock")], [ENTRY], /what the widget is given names/],
  ])("%s: it is not called unused", async (_, network, named, advice) => {
    expect(await rowOf(network, { named })).toMatchObject({ state: "declared", advice: matching(advice) });
  });
  test("refuted by whole runs: what refuted it is said", async () => {
    expect(await rowOf([picture("mock")])).toMatchObject({
      state: "unused",
      advice: containing("neither the text, a redirect nor what the widget is given names it"),
    });
    // A stub of another list leads elsewhere.
    const socket = declare({ connect: [ENTRY], resource: [FIRST] });
    const { origins } = await list([picture("stub")], socket);
    expect(origins.find(({ origin }) => origin === ENTRY)?.state).toBe("unused");
  });
});

describe("verification", () => {
  const proven = async (
    network: readonly NetworkAttempt[],
    enforced: readonly NetworkAttempt[],
    made: Made = {},
    declaration = declare({}),
  ) => {
    const result = await list(network, declaration);
    return verify(result, [evidence({ declaration: suggestedDeclaration(result), network: enforced, ...made })]);
  };

  test("null when data or a style sheet that may name more was a stub; a picture names nothing", async () => {
    const proof = (kind: "fetch" | "stylesheet" | "image") =>
      proven([blocked(`${A}/x`, kind)], [asked(`${A}/x`, kind, { answeredBy: "stub" })]);
    expect((await proof("fetch")).verified).toBe(null);
    expect((await proof("stylesheet")).reasons[0]).toContain("got a stub of ours");
    expect((await proof("image")).verified).toBe(true);
  });

  test("true when nothing is blocked and every entry is used", async () => {
    expect(await proven([blocked(`${A}/x`)], [asked(`${A}/x`)])).toEqual({ verified: true, reasons: [] });
    expect(await proven([], [])).toEqual({ verified: true, reasons: [] });
  });
  test("false when something is still blocked, also when no list can allow it", async () => {
    expect(
      (await proven([blocked(`${A}/x`)], [asked(`${A}/x`), blocked("https://second.example-host.com/x")])).verified,
    ).toBe(false);
    expect(
      (await proven([blocked("data:font/woff2,x", "font")], [blocked("data:font/woff2,x", "font")])).reasons[0],
    ).toContain("FontFace");
  });
  test("false when an entry was not used", async () => {
    const { verified, reasons } = await proven([blocked(`${A}/x`)], []);
    expect([verified, reasons]).toEqual([false, [`${A} in connectDomains / connect_domains was not asked for.`]]);
  });
  test("a font that no text uses is reported when undeclared and not fetched when declared: its entry is needed", async () => {
    expect(await proven([blocked("https://fonts.example-host.com/a.woff2", "font")], [])).toEqual({
      verified: true,
      reasons: [],
    });
    expect((await proven([blocked("https://img.example-host.com/a.png", "image")], [])).verified).toBe(false);
  });
  test("null when the runs do not tell", async () => {
    expect((await proven([], [], { document: { observed: false } })).verified).toBe(null);
    expect((await proven([], [], {}, declare({ frame: ["https://player.example-host.com"] }))).verified).toBe(null);
    expect(verify(await list([]), []).verified).toBe(null);
    const two = await allowlistOf({
      widget: { name: "w", declaration: declare({}), serverOrigin: null },
      observed: [evidence({}, "one"), evidence({}, "two")],
    });
    expect(verify(two, [evidence({}, "one")])).toEqual({
      verified: null,
      reasons: ["Scenario two was observed and not run again."],
    });
  });
});

test("a network that could not be observed is said, and nothing is made of it", async () => {
  const broken = {
    ...evidence({}),
    artifacts: {
      ...evidence({}).artifacts,
      network: { status: "failed", error: { code: "X", message: "the browser went away" } } as const,
    },
  };
  const result = await allowlistOf({
    widget: { name: "w", declaration: declare({}), serverOrigin: null },
    observed: [broken],
  });
  expect(result.notes?.[0]).toContain("the browser went away");
  expect(verify(result, [broken]).verified).toBe(null);
});

test("diff names the list, and is empty for equal declarations", () => {
  expect(allowlistDiff(declare({ connect: [A] }), declare({ resource: [A] }))).toEqual([
    `- connect  ${A}`,
    `+ resource ${A}`,
  ]);
  expect(allowlistDiff(declare({ connect: [A] }), declare({ connect: [A] }))).toEqual([]);
});
