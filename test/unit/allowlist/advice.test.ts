/** Advice is read off the host's policy: it holds under every host, not under ChatGPT alone. */
import { describe, expect, test } from "vitest";
import { buildPolicies, directiveSources, innerPolicy, listFor } from "../../../host/csp/policy.ts";
import { profileIds } from "../../../host/profiles/index.ts";
import type { RequestKind } from "../../../harness/model/evidence.ts";
import { allowlistOf } from "../../../harness/allowlist/index.ts";
import { insteadOf } from "../../../harness/allowlist/advice.ts";
import { readBundle } from "../../../harness/bundle/index.ts";
import { asked, blocked, declare, evidence, profile } from "./make.ts";

const policyOf = (id: string): string =>
  innerPolicy(buildPolicies(profile(id), declare({}), { serverOrigin: null }).effective)?.value ?? "";
const granted = (id: string, directive: string): readonly string[] => directiveSources(policyOf(id), directive) ?? [];

const KINDS = [
  ["image", "img-src"],
  ["media", "media-src"],
  ["font", "font-src"],
  ["worker", "worker-src"],
  ["frame", "frame-src"],
  ["object", "object-src"],
  ["fetch", "connect-src"],
  ["script", "script-src-elem"],
] as const satisfies readonly (readonly [RequestKind, string])[];

const cases = profileIds.flatMap((id) =>
  KINDS.flatMap(([kind, directive]) =>
    ["data:,x", "blob:https://x/1", "https://a.example-host.com/x"]
      .filter((url) => !granted(id, directive).includes(url.slice(0, url.indexOf(":") + 1)))
      .filter((url) => !url.startsWith("https:") || listFor(directive, profile(id)) === null)
      .map((url) => ({ id, kind, directive, url })),
  ),
);

describe("what to do instead", () => {
  test.each(cases)("$kind $url under $id", ({ id, kind, directive, url }) => {
    const advice = insteadOf({ kind, directive, url, profile: id, policy: policyOf(id) });
    for (const scheme of ["data:", "blob:"]) {
      if (granted(id, directive).includes(scheme)) expect(advice).not.toContain(`No list allows ${scheme}`);
      else expect(advice).not.toMatch(new RegExp(`(use|as|from) a ${scheme} URL`));
    }
    if (listFor("frame-src", profile(id)) === null) expect(advice).not.toContain("declared frame domain");
    expect(advice).toMatch(/\.$/);
  });
  test("under every host there is something to say", () => expect(cases.length).toBeGreaterThan(80));

  test("what the host does grant is offered", () => {
    const font = { kind: "font", directive: "font-src", url: "filesystem:https://x/f" } as const;
    expect(insteadOf({ ...font, profile: "basic-host", policy: policyOf("basic-host") })).toContain("as a data: URL");
    expect(insteadOf({ ...font, profile: "chatgpt", policy: policyOf("chatgpt") })).not.toContain("data:");
    const worker = { kind: "worker", directive: null, url: "https://a.example-host.com/w.js" } as const;
    expect(insteadOf({ ...worker, profile: "chatgpt", policy: policyOf("chatgpt") })).toBe(
      "The browser starts no worker from another origin, whatever is declared. Start the worker from a blob: URL made of its inlined source.",
    );
    expect(insteadOf({ ...worker, profile: "chatgpt", policy: "worker-src 'none'" })).toContain("in the document");
  });
  test("a policy that was not observed grants nothing", () =>
    expect(insteadOf({ kind: "image", directive: "img-src", url: "blob:x", profile: "chatgpt", policy: null })).toBe(
      "No list allows blob: images here. Draw it to a canvas or serve it from a declared origin.",
    ));
});

test("links to an address that nobody registered are not the app's own", async () => {
  const declaration = declare({}, null);
  const result = await allowlistOf({
    widget: { name: "w", declaration, serverOrigin: null },
    observed: [evidence({ declaration, links: [{ url: "https://203.0.113.7/pay", safeLink: true }] })],
  });
  expect(result.origins.map(({ origin }) => origin)).toEqual(["https://203.0.113.7"]);
  expect(result.suggested["openai/widgetCSP"]).not.toHaveProperty("redirect_domains");
});

test("a worker's script that only the text names is no candidate for a list", async () => {
  const bundle = await readBundle({
    html: `<script>if (later) new Worker("https://cdn.example-host.com/w.js")</script>`,
    name: "w",
  });
  const result = await allowlistOf({
    widget: { name: "w", declaration: declare({}), serverOrigin: null },
    observed: [evidence({ bundle })],
  });
  expect(result.staticOnly.map(({ origin, state }) => [origin, state])).toEqual([
    ["https://cdn.example-host.com", "cannot-be-allowed"],
  ]);
  expect(result.staticOnly[0]?.advice).toContain("blob: URL");
});

test("sightings at one place are counted together, also across attempts", async () => {
  const where = { url: "w", line: 3, column: 1 };
  const result = await allowlistOf({
    widget: { name: "w", declaration: declare({}), serverOrigin: null },
    observed: [
      evidence({
        network: [
          blocked("https://a.example-host.com/1", "fetch", { where, count: 2 }),
          blocked("https://a.example-host.com/2", "fetch", { where }),
          asked("https://a.example-host.com/3", "fetch", { where: { ...where, line: 4 } }),
        ],
      }),
    ],
  });
  expect(result.origins[0]?.seen).toEqual([
    { kind: "fetch", scenario: "default", where, count: 3 },
    { kind: "fetch", scenario: "default", where: { ...where, line: 4 }, count: 1 },
  ]);
});
