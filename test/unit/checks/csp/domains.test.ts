/** Checks of the declared domains: for each, what must fail and the near miss that must not. */
import { describe, expect, test } from "vitest";
import { readBundle } from "../../../../harness/bundle/index.ts";
import broadSource from "../../../../harness/checks/csp/broad-source.ts";
import evaluator from "../../../../harness/checks/csp/evaluator.ts";
import frameDomain from "../../../../harness/checks/csp/frame-domain.ts";
import redirectDomain from "../../../../harness/checks/csp/redirect-domain.ts";
import unusedDomain from "../../../../harness/checks/csp/unused-domain.ts";
import wrongList from "../../../../harness/checks/csp/wrong-list.ts";
import type { AnyCheck } from "../../../../harness/checks/define-check.ts";
import { artifacts, asked, blocked, declare, profile, type Made } from "../../allowlist/make.ts";

const A = "https://api.example-host.com";

/** `messageId severity` of each finding, or the outcome. */
function run(check: AnyCheck, made: Made): string[] | string {
  const outcome = check.run(artifacts(made), { profile: profile(made.profileId ?? "chatgpt"), scenario: "default" });
  return outcome.outcome === "fail"
    ? outcome.findings.map((finding) => `${finding.messageId} ${finding.severity ?? check.severity}`)
    : outcome.outcome;
}

describe("csp/unused-domain", () => {
  const declaration = declare({ connect: [A], resource: ["https://*.cdn.example-host.com"] });
  const used = [asked(`${A}/x`), asked("https://a.cdn.example-host.com/i.png", "image")];
  test("an entry that nothing asked for", () =>
    expect(run(unusedDomain, { declaration, network: used.slice(0, 1) })).toEqual(["unused warning"]));
  test("asked for in another list only", () =>
    expect(
      run(unusedDomain, { declaration: declare({ connect: [A] }), network: [asked(`${A}/i.png`, "image")] }),
    ).toEqual(["unused warning"]));
  test("used, by a wildcard too, and by a redirect's hop", () => {
    expect(run(unusedDomain, { declaration, network: used })).toBe("pass");
    expect(
      run(unusedDomain, {
        declaration: declare({ resource: ["https://hop.example-host.com"] }),
        network: [
          asked("https://x.example-host.com/i", "image", { redirectedFrom: ["https://hop.example-host.com/i"] }),
        ],
      }),
    ).toBe("pass");
  });
  test("named in the text: another scenario may run it", async () => {
    const bundle = await readBundle({
      html: `<script>const later = () => fetch("${A}/later"); const host = "https://{s}.cdn.example-host.com/x.png"</script>`,
      name: "w",
    });
    expect(run(unusedDomain, { declaration, bundle })).toBe("pass");
    const near = await readBundle({ html: `<script>fetch("https://xapi.example-host.com")</script>`, name: "w" });
    expect(run(unusedDomain, { declaration: declare({ connect: [A] }), bundle: near })).toEqual(["unused warning"]);
  });
  test("a run that did not settle, and a script that could not be read, prove nothing", async () => {
    expect(run(unusedDomain, { declaration, document: { ended: "time-limit" } })).toBe("inapplicable");
    expect(
      run(unusedDomain, { declaration, bundle: await readBundle({ html: "<script>let = )</script>", name: "w" }) }),
    ).toBe("pass");
  });
  test("a stub's answer may hide what the real one leads to; that of a script hides all of it", () => {
    const other = "https://other.example-host.net";
    const with_ = (kind: "fetch" | "script" | "image", answeredBy: "stub" | "mock") =>
      run(unusedDomain, {
        declaration: declare({ connect: [A], resource: [other] }),
        network: [asked(`${A}/x`), asked(`${A}/y`, kind, { answeredBy })],
      });
    expect(with_("fetch", "stub")).toEqual(["unshown info"]);
    expect(with_("script", "stub")).toBe("review");
    expect(with_("image", "stub")).toEqual(["unused warning"]);
    expect(with_("fetch", "mock")).toEqual(["unused warning"]);
  });
  test("a font that no text uses is not fetched, and would be reported if it were not declared", () => {
    const network = [asked("https://fonts.googleapis.com/css2", "stylesheet", { answeredBy: "mock" })];
    expect(
      run(unusedDomain, {
        declaration: declare({ resource: ["https://fonts.googleapis.com", "https://fonts.gstatic.com"] }),
        network,
      }),
    ).toEqual(["font info"]);
    expect(
      run(unusedDomain, {
        declaration: declare({ resource: ["https://fonts.googleapis.com"], connect: ["https://fonts.gstatic.com"] }),
        network,
      }),
    ).toEqual(["unused warning"]);
  });
  test("redirect entries cannot be observed", () =>
    expect(run(unusedDomain, { declaration: declare({ redirect: [A] }) })).toBe("pass"));
});

describe("csp/broad-source", () => {
  test.each([
    ["https:", "scheme error"],
    ["wss:", "scheme error"],
    ["blob:", "scheme info"],
    ["https://*.com", "public-suffix error"],
    ["https://*.co.uk", "public-suffix error"],
    ["https://*.vercel.app", "shared-hosting error"],
    ["https://*.github.io", "shared-hosting error"],
    ["https://*.example-host.com", "wildcard warning"],
    ["https://*.my-app.vercel.app", "wildcard warning"],
    ["https://unpkg.com", "open-cdn warning"],
    ["https://cdn.jsdelivr.net/npm/", "open-cdn warning"],
    ["https://raw.githubusercontent.com", "open-cdn warning"],
    ["https://storage.googleapis.com", "open-cdn warning"],
  ])("%s", (entry, expected) =>
    expect(run(broadSource, { declaration: declare({ resource: [entry] }) })).toEqual([expected]),
  );
  test.each([
    A,
    `${A}:8443`,
    "wss://live.example-host.com",
    "https://my-app.vercel.app",
    "https://someone.github.io",
    "https://cdn.jsdelivr.net/npm/three@0.170.0/",
    "https://cdnjs.cloudflare.com",
    "https://com.example-host.net",
    "https://203.0.113.4",
  ])("%s is one origin", (entry) =>
    expect(run(broadSource, { declaration: declare({ connect: [entry] }) })).toBe("pass"),
  );
  test("a host without review does not mind", () =>
    expect(run(broadSource, { declaration: declare({ resource: ["https:"] }), profileId: "chatgpt-dev" })).toBe(
      "inapplicable",
    ));
});

describe("csp/evaluator", () => {
  test("a known bypass host is a note, an address and a collector are warnings", () => {
    expect(
      run(evaluator, {
        declaration: declare({
          resource: ["https://www.google.com", "https://203.0.113.4"],
          connect: ["https://webhook.site", "https://abc.ngrok-free.app"],
        }),
      }),
    ).toEqual(["bypass info", "ip-address warning", "collector warning", "collector warning"]);
  });
  test("what the host forces, and hosts without a known bypass, are not charged", () => {
    expect(
      run(evaluator, {
        declaration: declare({
          resource: ["https://cdn.example-host.com"],
          connect: ["https://www.google.com", "https://notwebhook.site.example-host.com"],
        }),
      }),
    ).toBe("pass");
    expect(run(evaluator, { declaration: declare({}) })).toBe("pass");
    expect(run(evaluator, { declaration: declare(null) })).toBe("inapplicable");
  });
});

describe("csp/frame-domain", () => {
  test.each([
    ["https://player.my-app.example", "own info"],
    ["https://my-app.example", "own info"],
    ["https://www.youtube.com", "third-party warning"],
  ])("%s", (entry, expected) =>
    expect(run(frameDomain, { declaration: declare({ frame: [entry] }) })).toEqual([expected]),
  );
  test("tenants of one hosting are strangers", () =>
    expect(
      run(frameDomain, { declaration: declare({ frame: ["https://b.vercel.app"] }, "https://a.vercel.app") }),
    ).toEqual(["third-party warning"]));
  test("without a domain it cannot be told", () =>
    expect(run(frameDomain, { declaration: declare({ frame: [A] }, null) })).toEqual(["unknown warning"]));
  test("no frames", () => expect(run(frameDomain, { declaration: declare({ connect: [A] }) })).toBe("pass"));
});

describe("csp/redirect-domain", () => {
  const link = (url: string, safeLink = true) => ({ url, safeLink });
  test("own pages are a warning, others a note", () =>
    expect(
      run(redirectDomain, {
        links: [
          link("https://pay.my-app.example/x"),
          link("https://pay.my-app.example/y"),
          link("https://elsewhere.example-host.com/"),
        ],
      }),
    ).toEqual(["own warning", "other info"]));
  test("listed links, and none", () => {
    expect(run(redirectDomain, { links: [link("https://pay.my-app.example/x", false)] })).toBe("pass");
    expect(run(redirectDomain, {})).toBe("pass");
  });
});

describe("csp/wrong-list", () => {
  test("declared under another list", () => {
    expect(
      run(wrongList, { declaration: declare({ resource: [A] }), network: [blocked(`${A}/x`), blocked(`${A}/y`)] }),
    ).toEqual(["wrong error"]);
    expect(
      run(wrongList, {
        declaration: declare({ connect: ["https://*.example-host.com"] }),
        network: [blocked(`${A}/x.png`, "image")],
      }),
    ).toEqual(["wrong error"]);
  });
  test("not declared at all, a whole scheme elsewhere, and wss beside https", () => {
    expect(
      run(wrongList, {
        declaration: declare({ resource: ["https://cdn.example-host.com"] }),
        network: [blocked(`${A}/x`)],
      }),
    ).toBe("pass");
    expect(run(wrongList, { declaration: declare({ resource: ["https:"] }), network: [blocked(`${A}/x`)] })).toBe(
      "pass",
    );
    expect(
      run(wrongList, {
        declaration: declare({ connect: [A] }),
        network: [blocked("wss://api.example-host.com/s", "websocket")],
      }),
    ).toBe("pass");
    expect(run(wrongList, { declaration: declare({ resource: [A] }), network: [blocked(`${A}/w.js`, "worker")] })).toBe(
      "pass",
    );
  });
});
