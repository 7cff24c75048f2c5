/** What the authorization server says to requests for a code that it must refuse, beside one that it must not. */
import { describe, expect, it } from "vitest";
import { codeAnswers } from "../../../harness/probes/auth/redirects.ts";
import type { IssuerMetadata } from "../../../harness/model/evidence/auth.ts";

const REDIRECT = "http://127.0.0.1:1/callback";
const ISSUERS: readonly IssuerMetadata[] = [
  {
    issuer: "https://as.example",
    answers: [
      {
        url: "https://as.example/m",
        from: "well-known",
        status: 200,
        document: { authorization_endpoint: "https://as.example/authorize" },
      },
    ],
  },
];

type Asked = URLSearchParams;
const answers = (answer: (asked: Asked) => string | number) =>
  codeAnswers(
    ISSUERS,
    (url) => {
      const given = answer(new URL(url).searchParams);
      return Promise.resolve(
        typeof given === "number"
          ? new Response(null, { status: given })
          : new Response(null, { status: 302, headers: { location: given } }),
      );
    },
    { id: "ours", redirect: REDIRECT },
  );
const isRight = (asked: Asked): boolean =>
  asked.get("redirect_uri") === REDIRECT && asked.get("code_challenge_method") === "S256";

describe("codes", () => {
  it("that are refused to all but the right request", async () => {
    const { redirects, pkce } = await answers((asked) => (isRight(asked) ? `${REDIRECT}?code=1` : 400));
    expect(redirects.map(({ followed, refused }) => [followed, refused])).toEqual(Array(3).fill([false, true]));
    expect(pkce.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
  });

  it("that are given without a challenge", async () => {
    const { pkce } = await answers(() => `${REDIRECT}?code=1`);
    expect(pkce.map(({ outcome }) => outcome)).toEqual(["code", "code"]);
  });

  it("of a client that the server does not know are refused in any case: that tells nothing", async () => {
    expect(await answers(() => 400)).toEqual({ redirects: [], pkce: [] });
    expect(await answers(() => "https://as.example/error?reason=client")).toEqual({ redirects: [], pkce: [] });
  });

  it("of a login that stands between are none of ours", async () => {
    const { pkce } = await answers(() => "https://login.example/start?code=flow-1");
    expect(pkce.map(({ outcome }) => outcome)).toEqual(["unclear", "unclear"]);
  });
});

describe("what is refused", () => {
  const toWrong = (location: string) => answers((asked) => (isRight(asked) ? `${REDIRECT}?code=1` : location));

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
    const { pkce } = await toWrong(location);
    expect(pkce).toEqual([
      { method: "none", status: 302, outcome },
      { method: "plain", status: 302, outcome },
    ]);
  });

  it("an address that nobody registered, by an error, and not by a login", async () => {
    const refused = async (location: string) =>
      (await toWrong(location)).redirects.map((one) => [one.followed, one.refused]);
    expect(await refused(`${REDIRECT}?error=invalid_request`)).toEqual(Array(3).fill([false, true]));
    expect(await refused("/login?scope=errors:read")).toEqual(Array(3).fill([false, false]));
  });
});
