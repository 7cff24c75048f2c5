/** What an authorization server says to who asks for a code without PKCE, or for another address. */
import { expect, it } from "vitest";
import type { IssuerMetadata } from "../../../harness/model/evidence/auth.ts";
import { codeAnswers } from "../../../harness/probes/auth/redirects.ts";

const REDIRECT = "http://127.0.0.1/callback";
const issuers = [
  { issuer: "https://id.example", answers: [{ document: { authorization_endpoint: "https://id.example/authorize" } }] },
] as unknown as readonly IssuerMetadata[];

const answersTo = (location: string, status = 302) =>
  codeAnswers(issuers, () => Promise.resolve(new Response(null, { status, headers: { location } })), {
    id: "us",
    redirect: REDIRECT,
  });

it.each([
  ["a code", `${REDIRECT}?code=abc&state=sandglass`, "code"],
  ["a code, in the fragment", `${REDIRECT}#code=abc`, "code"],
  ["a code, beside words of errors", `${REDIRECT}?code=abc&scope=errors:read&iss=https://id.example/error`, "code"],
  ["an error", `${REDIRECT}?error=invalid_request&iss=https://id.example`, "refused"],
  ["an error, in the fragment", `${REDIRECT}#error=invalid_request`, "refused"],
  ["a page for errors", "/oauth/error?code=invalid_request", "refused"],
  ["a login", "/login?return_to=%2Fauthorize%3Fscope%3Derrors%3Aread", "unclear"],
  ["a login of who reads errors", "https://id.example/login?scope=errors:read&code=login", "unclear"],
  ["no address", "http://[", "unclear"],
])("%s, to who asks without a challenge", async (_what, location, outcome) => {
  const { pkce } = await answersTo(location);
  expect(pkce).toEqual([
    { method: "none", status: 302, outcome },
    { method: "plain", status: 302, outcome },
  ]);
});

it("an address that nobody registered is refused by an error, and not by a login", async () => {
  const refused = async (location: string) =>
    (await answersTo(location)).redirects.map((one) => [one.followed, one.refused]);
  expect(await refused(`${REDIRECT}?error=invalid_request`)).toEqual(Array(3).fill([false, true]));
  expect(await refused("/login?scope=errors:read")).toEqual(Array(3).fill([false, false]));
});
