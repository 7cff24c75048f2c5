/** The strings that a browser is given, letter by letter as the captures and the specification have them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDeclaration } from "../../../host/csp/declaration.ts";
import { buildPolicies, directiveSources, listFor, parsePolicy, sandboxOrigin } from "../../../host/csp/policy.ts";
import { profileById, profileIds } from "../../../host/profiles/index.ts";
import type { CspDeclaration, HostProfile } from "../../../host/profiles/types.ts";

const [R, C, F, S] = [
  "https://cdn.example",
  "https://api.example wss://live.example",
  "https://frame.example",
  "https://mcp.example",
];
const OUTER =
  "frame-src 'self' https: data: blob:; sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms";

function profile(id: string): HostProfile {
  const found = profileById(id);
  if (!found) throw new Error(`no profile ${id}`);
  return found;
}

function declaring(
  lists: { connect?: readonly string[]; resource?: readonly string[]; frame?: readonly string[] } | null,
): CspDeclaration {
  const meta = lists && {
    connect_domains: lists.connect ?? [],
    resource_domains: lists.resource ?? [],
    frame_domains: lists.frame ?? [],
  };
  const ui = lists && {
    csp: {
      connectDomains: lists.connect ?? [],
      resourceDomains: lists.resource ?? [],
      frameDomains: lists.frame ?? [],
    },
  };
  return readDeclaration(meta ? { "openai/widgetCSP": meta, ui } : {}, ["openai/widgetCSP", "ui.csp"]).declaration;
}
const DECLARED = declaring({ resource: R.split(" "), connect: C.split(" "), frame: [F] });
function policyOf(
  id: string,
  declaration: CspDeclaration = DECLARED,
  serverOrigin: string | null = S,
): { inner?: string; outer?: string; applied: string } {
  const { applied, effective } = buildPolicies(profile(id), declaration, { serverOrigin });
  return { ...Object.fromEntries(effective.map(({ layer, value }) => [layer, value])), applied: applied.id };
}
const chatgpt = (resource: string, connect: string, frame: string, worker = "blob:") => {
  const more = (sources: string) => (sources === "" ? "" : ` ${sources}`);
  return (
    `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline' 'unsafe-eval' blob: https://*.oaiusercontent.com${more(resource)}; worker-src ${worker}; ` +
    `style-src 'self' 'unsafe-inline' https://*.oaiusercontent.com${more(resource)}; style-src-elem 'self' 'unsafe-inline'${more(resource)}; style-src-attr 'unsafe-inline'; img-src 'self' data:${more(resource)}; ` +
    `font-src 'self' https://*.oaiusercontent.com${more(resource)}; connect-src 'self'${more(connect)}; media-src 'self'${more(resource)}; object-src 'none'; frame-src ${frame}; base-uri 'self'; upgrade-insecure-requests`
  );
};

describe("the string", () => {
  test("of published ChatGPT, with and without entries", () => {
    expect(policyOf("chatgpt")).toEqual({ applied: "chatgpt", outer: OUTER, inner: chatgpt(R, C, F) });
    expect(policyOf("chatgpt", declaring({}))).toEqual({
      applied: "chatgpt",
      outer: OUTER,
      inner: chatgpt("", "", "'none'"),
    });
    expect(policyOf("chatgpt-dev-enforced").inner).toBe(chatgpt(R, C, F));
  });

  test("of ChatGPT when nothing is declared: the server's origin alone is added", () => {
    const undeclared = { applied: "chatgpt-undeclared", outer: OUTER, inner: chatgpt(S, S, "'none'") };
    for (const id of ["chatgpt", "chatgpt-dev-enforced"]) expect(policyOf(id, declaring(null))).toEqual(undeclared);
    expect(policyOf("chatgpt", declaring(null), null).inner).toBe(chatgpt("", "", "'none'"));
  });

  test("of developer mode: no inner policy, declared or not", () => {
    expect(policyOf("chatgpt-dev")).toEqual({ applied: "chatgpt-dev", outer: OUTER });
    expect(policyOf("chatgpt-dev", declaring(null))).toEqual({ applied: "chatgpt-dev", outer: OUTER });
  });

  test("of the desktop app: workers of its own origin too", () =>
    expect(policyOf("chatgpt-desktop").inner).toBe(chatgpt(R, C, F, "'self' blob:")));

  test("of the specification", () => {
    expect(policyOf("mcp-apps")).toEqual({
      applied: "mcp-apps",
      inner: `default-src 'none'; script-src 'self' 'unsafe-inline' ${R}; style-src 'self' 'unsafe-inline' ${R}; connect-src 'self' ${C}; img-src 'self' data: ${R}; font-src 'self' ${R}; media-src 'self' data: ${R}; frame-src ${F}; object-src 'none'; base-uri 'self'`,
    });
    const given = parsePolicy(policyOf("mcp-apps", declaring(null)).inner ?? "");
    const spec = parsePolicy(
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; object-src 'none'; connect-src 'none'",
    );
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(spec));
  });

  test("of basic-host, sent as a header", () => {
    const { effective } = buildPolicies(profile("basic-host"), DECLARED, { serverOrigin: null });
    expect(effective).toEqual([
      {
        layer: "inner",
        delivery: "header",
        value: `default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data: ${R}; style-src 'self' 'unsafe-inline' blob: data: ${R}; img-src 'self' data: blob: ${R}; font-src 'self' data: blob: ${R}; media-src 'self' data: blob: ${R}; connect-src 'self' ${C}; worker-src 'self' blob: ${R}; frame-src ${F}; object-src 'none'; base-uri 'none'`,
      },
    ]);
  });

  test("of Claude: https entries alone, and no frames of the widget's choice", () => {
    const policy =
      policyOf(
        "claude",
        declaring({
          resource: ["https://cdn.example", "data:", "http://plain.example"],
          connect: ["https://api.example", "wss://live.example", "blob:"],
          frame: [F],
        }),
      ).inner ?? "";
    expect(directiveSources(policy, "connect-src")).toEqual(["'self'", "https://api.example"]);
    expect(directiveSources(policy, "img-src")).toEqual([
      "'self'",
      "data:",
      "blob:",
      "https://cdn.example",
      "https://assets.claude.ai",
    ]);
    expect(directiveSources(policy, "frame-src")).toEqual(["'self'", "blob:", "data:"]);
    expect(directiveSources(policy, "base-uri")).toEqual(["'self'"]);
  });
});

describe("a hostile entry", () => {
  const names = (policy: string | undefined) => [...parsePolicy(policy ?? "").keys()];

  test.each([
    "https://a.example; script-src *",
    "x;script-src 'none'",
    "https://a.example, default-src *",
    "https://a.example\n; img-src *",
    "\u0000",
    ";",
    ",",
    " ",
    "",
  ])("%j adds nothing", (entry) => {
    const lists = { connect: [entry, "https://ok.example"], resource: [entry], frame: [entry] };
    expect(policyOf("chatgpt", declaring(lists)).inner).toBe(chatgpt("", "https://ok.example", "'none'"));
  });

  test("is copied as written when it is one source, as ChatGPT does", () => {
    expect(
      directiveSources(
        policyOf("chatgpt", declaring({ resource: ["'unsafe-inline'", "data:"] })).inner ?? "",
        "font-src",
      ),
    ).toEqual(["'self'", "https://*.oaiusercontent.com", "'unsafe-inline'", "data:"]);
    const long = `https://${"a".repeat(20_000)}.example`;
    expect(directiveSources(policyOf("chatgpt", declaring({ connect: [long] })).inner ?? "", "connect-src")).toEqual([
      "'self'",
      long,
    ]);
    expect(
      directiveSources(
        policyOf("chatgpt", declaring({ connect: ["{resource}", "constructor"] })).inner ?? "",
        "connect-src",
      ),
    ).toEqual(["'self'", "{resource}", "constructor"]);
  });

  test("of any text leaves every host its directives, in their order", () => {
    const text = fc.string({
      unit: fc.constantFrom(
        ";",
        ",",
        "\n",
        "\t",
        " ",
        "'",
        "*",
        "\u0000",
        "\u00a0",
        "\u2028",
        "\ud800",
        "script-src",
        "https://a.example",
        "'none'",
        "{frame}",
      ),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...profileIds),
        fc.array(text, { maxLength: 4 }),
        fc.array(text, { maxLength: 4 }),
        (id, connect, resource) => {
          const raw = (declaration: CspDeclaration) =>
            (policyOf(id, declaration).inner ?? "").split(";").map((part) => part.trim().split(" ")[0]);
          return raw(declaring({ connect, resource })).join() === raw(declaring({})).join();
        },
      ),
    );
  });

  test("that is not ASCII costs the whole directive, as in browsers", () => {
    const policy =
      policyOf("chatgpt", declaring({ connect: ["https://b\u00fccher.example", "https://ok.example"] })).inner ?? "";
    expect(names(policy)).not.toContain("connect-src");
    expect(directiveSources(policy, "connect-src")).toEqual(["'self'"]);
  });
});

test("a policy is read as browsers read it", () => {
  expect(directiveSources("IMG-SRC a.example;img-src b.example", "img-src")).toEqual(["a.example"]);
  expect(directiveSources("default-src 'none'; script-src 'self'", "script-src-elem")).toEqual(["'self'"]);
  expect(directiveSources("default-src 'none'; script-src 'self'", "worker-src")).toEqual(["'self'"]);
  expect(directiveSources("default-src 'none'; child-src blob:", "worker-src")).toEqual(["blob:"]);
  expect(directiveSources("default-src 'none'", "form-action")).toBeNull();
  expect(directiveSources("default-src 'none'", "base-uri")).toBeNull();
});

test("the list that widens a directive", () => {
  expect(
    ["connect-src", "img-src", "script-src-elem", "frame-src", "worker-src", "base-uri", "object-src"].map((name) =>
      listFor(name),
    ),
  ).toEqual(["connect", "resource", "resource", "frame", null, null, null]);
  expect(listFor("base-uri", profile("mcp-apps"))).toBe("base");
  expect(listFor("frame-src", profile("claude"))).toBeNull();
  expect(listFor("connect-src", profile("chatgpt-undeclared"))).toBe("connect");
});

test("which list feeds a directive is read from the profile's data, and not from its name", () => {
  const crossed = {
    ...profile("mcp-apps"),
    innerPolicy: { ...profile("mcp-apps").innerPolicy, value: [{ name: "img-src", sources: ["{connect}"] }] },
  };
  expect(listFor("img-src", { ...crossed, id: "my-lab" })).toBe("connect");
  expect(listFor("img-src", { ...crossed, id: "chatgpt-lab" })).toBe("connect");
  expect(listFor("img-src", { ...profile("chatgpt-undeclared"), id: "my-lab" })).toBe("resource");
  expect(listFor("img-src", profile("chatgpt-dev")), "no policy of its own: as published").toBe("resource");
});

test("the sandbox's name is the domain with dashes, else derived from the server", () => {
  const named = (domain: unknown) =>
    sandboxOrigin(
      profile("chatgpt"),
      readDeclaration({ "openai/widgetDomain": domain }, ["openai/widgetCSP", "ui.csp"]).declaration,
      "server",
    );
  expect(named("https://my.app.example")).toBe("https://my-app-example.web-sandbox.oaiusercontent.com");
  const derived = /^https:\/\/connector-[0-9a-f]{32}\.web-sandbox\.oaiusercontent\.com$/;
  for (const domain of [null, "http://my.app.example", "my.app.example", 7]) expect(named(domain)).toMatch(derived);
  expect(sandboxOrigin(profile("chatgpt"), readDeclaration({}, []).declaration, "other")).not.toBe(named(null));
});
