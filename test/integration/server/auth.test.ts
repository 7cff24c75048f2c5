import { describe, expect, test } from "vitest";
import type { RealTokens } from "../../../harness/probes/auth/tokens.ts";
import { serveAuthorized, type Authorized, type Faults } from "../../fixtures/authorization.ts";
import { look } from "./kit.ts";

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

const NOTE = "auth/registration: registration-only";
// A tool that deletes is never called to see whether it is guarded.
const USUAL = ["auth/redirect: review no-client", NOTE, "auth/token: review not-called"];

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

describe.concurrent("faults", () => {
  test.for<[string, Faults, string]>([
    [
      "no challenge",
      { challenge: "none" },
      "auth/challenge: no-challenge no-challenge no-challenge no-challenge no-challenge no-challenge",
    ],
    ["403 instead of 401", { challenge: "status-403" }, "auth/challenge: status status status status status status"],
    ["a tool that is open", { openTools: ["read_notes"] }, "auth/challenge: open"],
    ["anything is a token", { accepts: "anything" }, "auth/token: accepted accepted accepted accepted accepted"],
    ["expired tokens", { accepts: "expired" }, "auth/token: accepted"],
    ["tokens for others", { accepts: "other-audience" }, "auth/token: accepted"],
    ["unsigned tokens", { accepts: "unsigned" }, "auth/token: accepted accepted accepted accepted"],
    ["fewer scopes", { accepts: "fewer-scopes" }, "auth/scopes: not-enforced"],
    ["tokens in the address", { accepts: "query" }, "auth/leak: query"],
    ["the token in the error", { echoes: true }, "auth/leak: echoed echoed echoed echoed echoed"],
    ["a broad scope", { scopes: ["*"] }, "auth/scopes: broad"],
    ["no metadata of the resource", { resourceMetadata: "missing" }, "auth/resource-metadata: missing"],
    ["metadata of another resource", { resourceMetadata: "other-resource" }, "auth/resource-metadata: other-resource"],
    ["no authorization server", { resourceMetadata: "no-servers" }, "auth/resource-metadata: no-servers"],
    ["no metadata of the issuer", { serverMetadata: "missing" }, "auth/server-metadata: missing"],
    ["metadata of another issuer", { serverMetadata: "other-issuer" }, "auth/server-metadata: other-issuer"],
    ["no PKCE", { serverMetadata: "no-pkce" }, "auth/server-metadata: no-s256"],
    ["no registration", { serverMetadata: "no-registration" }, "auth/registration: none"],
  ])("%s", async ([, given, expected], { expect: own }) => {
    own((await faultsOf(given)).faults).toContain(expected);
  });

  test.for<[Faults["redirect"], string]>([
    [undefined, "none"],
    ["any", "auth/redirect: followed followed followed"],
    ["prefix", "auth/redirect: followed followed"],
  ])("redirects that are compared by %s", async ([redirect, expected], { expect: own }) => {
    const { faults } = await faultsOf(redirect ? { redirect } : {}, { client: true });
    own(faults.find((one) => one.startsWith("auth/redirect")) ?? "none").toBe(expected);
  });
});
