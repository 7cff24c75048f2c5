import { describe, expect, test } from "vitest";
import { serverChecks } from "../../../harness/checks/servers.ts";
import type { RealTokens } from "../../../harness/probes/auth/tokens.ts";
import { serveAuthorized, type Authorized, type Faults } from "../../fixtures/authorization.ts";
import { look, type Looked } from "./kit.ts";

/** Outcomes of the auth checks that are neither a pass nor what every server here has. */
async function faultsOf(faults: Faults, more: { readonly client?: boolean; readonly plain?: boolean } = {}) {
  const served = await serveAuthorized(faults);
  const bad: RealTokens["bad"] = {
    expired: await served.token({ expiresIn: "-1h" }),
    audience: await served.token({ audience: "https://other.example/mcp" }),
    scopes: await served.token({ scope: "notes.read" }),
  };
  const client = more.client ? { client: await registered(served) } : {};
  const headers = { authorization: `Bearer ${await served.token()}` };
  const tokens = more.plain ? {} : { bad };
  const looked = await look({ mcp: served.url, headers }, { auth: { allowCalls: false, tokens, ...client } });
  await served.close();
  const own = Object.entries(looked.outcomes).filter(([id, outcome]) => id.startsWith("auth/") && outcome !== "pass");
  return { ...looked, calls: served.calls, faults: own.map(([id, outcome]) => `${id}: ${outcome}`) };
}

async function registered({ origin }: Authorized) {
  const redirect = "http://127.0.0.1:1/callback";
  const response = await fetch(`${origin}/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ redirect_uris: [redirect] }),
  });
  const { client_id: id } = (await response.json()) as { client_id: string };
  return { id, redirect };
}

// A tool that deletes is never called to see whether it is guarded.
const USUAL = ["auth/pkce: review no-client", "auth/redirect: review no-client", "auth/token: review not-called"];

test("a server in order: what is left is said, and tools that write were not called", async () => {
  const { faults, evidence, calls } = await faultsOf({});
  expect(faults).toEqual(USUAL);
  expect(calls.filter((call) => call.includes("delete_note"))).toEqual([]);
  const { auth } = evidence.artifacts;
  expect(auth.status === "ok" ? auth.value?.fewerScopes : null).toEqual(["notes.read"]);
});

test("no token is in the evidence, and no evidence goes without saying what was not tried", async () => {
  const { evidence, faults } = await faultsOf({ echoes: true }, { plain: true });
  expect(JSON.stringify(evidence)).not.toMatch(/eyJ[\w-]{20}/);
  expect(faults).toContain("auth/token: review not-tried");
  expect(faults).toContain("auth/scopes: review not-tried");
});

/** One fault each, named as the check and the message that tell it. */
const FAULTS: Readonly<Record<string, Faults>> = {
  "auth/challenge open": { openTools: ["read_notes"] },
  "auth/challenge session": { besideDoor: "read_notes", schemes: "none" },
  "auth/challenge no-tool-challenge": { toldInResult: true },
  "auth/challenge no-challenge": { challenge: "none" },
  "auth/challenge no-pointer": { challenge: "no-metadata" },
  "auth/challenge status": { challenge: "status-403" },
  "auth/leak echoed": { echoes: true },
  "auth/leak query": { accepts: "query" },
  "auth/leak query-offered": { resourceMetadata: "query-tokens" },
  "auth/pkce optional": { pkce: "optional" },
  "auth/pkce plain": { pkce: "plain" },
  "auth/redirect followed": { redirect: "any" },
  "auth/registration none": { serverMetadata: "no-registration" },
  "auth/registration registration-only": { serverMetadata: "registration-only" },
  "auth/resource-metadata missing": { resourceMetadata: "missing" },
  "auth/resource-metadata pointer": { challenge: "other-metadata" },
  "auth/resource-metadata other-resource": { resourceMetadata: "other-resource" },
  "auth/resource-metadata no-servers": { resourceMetadata: "no-servers" },
  "auth/resource-metadata unsafe-server": { resourceMetadata: "unsafe-server" },
  "auth/scopes not-enforced": { accepts: "fewer-scopes" },
  "auth/scopes broad": { scopes: ["*"] },
  "auth/security-schemes malformed": { schemes: "malformed" },
  "auth/security-schemes not-mirrored": { schemes: "not-mirrored" },
  "auth/security-schemes refused": { schemes: "noauth" },
  "auth/server-metadata missing": { serverMetadata: "missing" },
  "auth/server-metadata other-issuer": { serverMetadata: "other-issuer" },
  "auth/server-metadata endpoint": { serverMetadata: "unsafe-endpoint" },
  "auth/server-metadata no-s256": { serverMetadata: "no-pkce" },
  "auth/server-metadata no-code-grant": { serverMetadata: "no-code" },
  "auth/server-metadata client-secret": { serverMetadata: "secret-clients" },
  "auth/server-metadata no-iss": { serverMetadata: "no-iss" },
  "auth/token accepted": { accepts: "anything" },
};

/** What follows from a fault, and is told, too. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  "auth/challenge open": ["auth/token accepted"],
  "auth/resource-metadata unsafe-server": ["auth/server-metadata missing"],
  "auth/token accepted": ["auth/scopes not-enforced"],
};

const findingsOf = ({ outcomes }: Looked): string[] => [
  ...new Set(
    Object.entries(outcomes)
      .filter(([id, outcome]) => id.startsWith("auth/") && !/^(?:pass|review|inapplicable)\b/.test(outcome))
      .flatMap(([id, messages]) => messages.split(" ").map((message) => `${id} ${message}`)),
  ),
];

const asksForCodes = ({ redirect, pkce }: Faults): boolean => redirect !== undefined || pkce !== undefined;

describe.concurrent("one fault", () => {
  test.for(Object.entries(FAULTS))("%s", async ([fault, given], { expect: own }) => {
    const looked = await faultsOf(given, { client: asksForCodes(given) });
    own(findingsOf(looked).toSorted()).toEqual([fault, ...(FOLLOWS[fault] ?? [])].toSorted());
  });

  test("every message of these checks has its server", ({ expect: own }) => {
    const messages = serverChecks
      .filter(({ id }) => id.startsWith("auth/"))
      .flatMap(({ id, messages: all }) => Object.keys(all).map((message) => `${id} ${message}`));
    own(Object.keys(FAULTS).toSorted()).toEqual(messages.toSorted());
  });

  test.for<[string, Faults, string]>([
    ["expired tokens", { accepts: "expired" }, "auth/token: accepted"],
    ["tokens for others", { accepts: "other-audience" }, "auth/token: accepted"],
    ["unsigned tokens", { accepts: "unsigned" }, "auth/token: accepted accepted accepted accepted"],
    ["codes after a login, which nobody makes", { pkce: "after-login" }, "auth/pkce: review unclear"],
    ["redirects that begin as the registered one", { redirect: "prefix" }, "auth/redirect: followed followed"],
  ])("%s", async ([, given, expected], { expect: own }) => {
    own((await faultsOf(given, { client: asksForCodes(given) })).faults).toContain(expected);
  });

  test("redirects that are compared exactly", async ({ expect: own }) => {
    own((await faultsOf({}, { client: true })).faults).toEqual(USUAL.slice(2));
  });
});
