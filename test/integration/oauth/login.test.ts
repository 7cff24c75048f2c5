import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptToken, logIn } from "../../../harness/oauth/login.ts";
import { LoginStore } from "../../../harness/oauth/store.ts";
import { serveAuthorized, type Authorized, type Faults } from "../../fixtures/authorization.ts";

let served: Authorized | undefined;
let folder = "";
let store: LoginStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandglass-login-"));
  store = new LoginStore({ XDG_CONFIG_HOME: folder });
});
afterEach(async () => {
  await served?.close();
  served = undefined;
});

/** Logs in as a user who allows all; `visit` is told where the user was sent. */
async function login(
  faults: Faults = {},
  visit: (url: URL, back: string) => Promise<string> | string = (_url, back) => back,
) {
  served = await serveAuthorized(faults);
  const { url } = served;
  const here = served;
  const sent: URL[] = [];
  const granted = await logIn({
    server: url,
    store,
    patienceMs: 5000,
    onAuthorize: async (address) => {
      sent.push(address);
      await fetch(await visit(address, await here.authorize(address)));
    },
  });
  return { granted, sent };
}

test("a login sends the user with S256, a state and the resource, and keeps a token that the server takes", async () => {
  const { granted, sent } = await login();
  const query = sent[0]?.searchParams;
  expect(query?.get("code_challenge_method")).toBe("S256");
  expect(query?.get("state")?.length).toBeGreaterThan(20);
  expect(query?.get("resource")).toBe(served?.url);
  expect(query?.get("redirect_uri")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  // What the challenge asked for, and no more.
  expect(granted.scope).toBe("notes.read");
  const token = await keptToken(served?.url ?? "", store);
  const answer = await fetch(served?.url ?? "", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token ?? ""}` },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  });
  expect(answer.status).toBe(200);
});

test("it is kept for this endpoint alone, in a file that only its owner reads", async () => {
  await login();
  const logins = join(folder, "sandglass", "logins");
  const [name = ""] = readdirSync(logins);
  expect(readdirSync(logins)).toHaveLength(1);
  expect(statSync(join(logins, name)).mode & 0o777).toBe(0o600);
  expect(statSync(logins).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(logins, name), "utf8")).toContain(served?.url);
  expect(await keptToken(`${served?.url ?? ""}/other`, store)).toBeUndefined();
  expect(await store.forget(served?.url ?? "")).toBe(true);
  expect(await keptToken(served?.url ?? "", store)).toBeUndefined();
});

test("a token that is about to end is renewed; one that cannot be says what to do", async () => {
  await login();
  const url = served?.url ?? "";
  const kept = await store.read(url);
  await store.write({ ...kept, server: new URL(url).href, expiresAt: Date.now() });
  const renewed = await keptToken(url, store);
  expect(renewed).not.toBe(kept?.tokens?.access_token);
  const { refresh_token: _gone, ...tokens } = kept?.tokens ?? { access_token: "", token_type: "Bearer" };
  await store.write({ server: new URL(url).href, tokens, expiresAt: 0 });
  await expect(keptToken(url, store)).rejects.toMatchObject({
    code: "LOGIN_FAILED",
    next: `Log in again: sandglass login --mcp ${url}`,
  });
});

test("who comes back with another state, or with a refusal, is not let in, and nothing is kept", async () => {
  const forged = (_url: URL, back: string) => back.replace(/state=[^&]+/, "state=forged");
  await expect(login({}, forged)).rejects.toMatchObject({
    code: "LOGIN_FAILED",
    message: /state that is not/ as unknown as string,
  });
  await served?.close();
  const refused = (url: URL) =>
    `${url.searchParams.get("redirect_uri") ?? ""}?error=access_denied&state=${url.searchParams.get("state") ?? ""}`;
  await expect(login({}, refused)).rejects.toThrow(/access_denied/);
  expect(await store.read(served?.url ?? "")).not.toHaveProperty("tokens");
});

test("an answer of another issuer is refused: codes are not mixed up", async () => {
  const mixed = (_url: URL, back: string) => back.replace(/iss=[^&]+/, "iss=https%3A%2F%2Fevil.example");
  await expect(login({}, mixed)).rejects.toMatchObject({ code: "LOGIN_FAILED" });
});

test.each<[string, Faults]>([
  ["that knows no S256", { serverMetadata: "plain-pkce" }],
  ["that registers nobody", { serverMetadata: "no-registration" }],
  ["of another issuer", { serverMetadata: "other-issuer" }],
  ["for another resource", { resourceMetadata: "other-resource" }],
])("a server %s ends the login with what happened", async (_name, faults) => {
  await expect(login(faults)).rejects.toMatchObject({ code: "LOGIN_FAILED" });
});
