/** How a server over HTTP deals with tokens that it must not take, and what its metadata says. Plain JSON, without any token. */

/**
 * `none`: no token · `malformed`: no token at all, by its form · `forged`: signed
 * by a key of ours · `unsigned`: `alg: none` · `query`: the real one, in the
 * address · `expired`, `audience`, `scopes`: real ones that the user gave.
 */
export type TokenKind = "none" | "malformed" | "forged" | "unsigned" | "query" | "expired" | "audience" | "scopes";

export interface Challenge {
  readonly scheme: string;
  readonly resourceMetadata: string | null;
  readonly scope: string | null;
  readonly error: string | null;
}

export interface AuthAnswer {
  readonly token: TokenKind;
  readonly request: "initialize" | "tools/list" | "tools/call";
  readonly tool: string | null;
  /** Null when no answer came. */
  readonly status: number | null;
  /** `accepted`: as if the token were good; `no-session`: the server wanted a session first, so that nothing is known. */
  readonly outcome: "refused" | "accepted" | "tool-challenge" | "tool-error" | "no-session" | "failed";
  readonly challenge: Challenge | null;
  /** Our token stands in the answer's text or headers. */
  readonly echoed: boolean;
}

export interface MetadataAnswer {
  readonly url: string;
  /** How it was found: named by the challenge, or at a well-known address. */
  readonly from: "challenge" | "well-known";
  /** Null when no answer came, or it may not be asked. */
  readonly status: number | null;
  readonly document: Readonly<Record<string, unknown>> | null;
}

export interface IssuerMetadata {
  readonly issuer: string;
  readonly answers: readonly MetadataAnswer[];
}

export interface RedirectAnswer {
  readonly kind: "sub-path" | "other-host" | "query";
  readonly asked: string;
  readonly status: number | null;
  /** The server sent the browser there. */
  readonly followed: boolean;
  /** It said that it will not: by its status, or on a page for errors. */
  readonly refused?: boolean;
}

/** What came of asking for a code with our own client and its own redirect, without what PKCE asks for. */
export interface PkceAnswer {
  /** How the challenge was made: there was none, or it was the verifier itself. */
  readonly method: "none" | "plain";
  readonly status: number | null;
  /** `code`: it was given out; `unclear`: a page came that is no refusal, as that of a login. */
  readonly outcome: "refused" | "code" | "unclear";
}

export interface AuthEvidence {
  readonly endpoint: string;
  /** A token that the server takes was at hand. */
  readonly hasToken: boolean;
  /** What the token of fewer scopes says that it has; null when there is none, or it does not say. */
  readonly fewerScopes: readonly string[] | null;
  readonly answers: readonly AuthAnswer[];
  /** False when the server lists its tools only to who has a token, and none was at hand: none was asked. */
  readonly toolsKnown: boolean;
  /** Tools that were not called, because a broken server would have carried them out. */
  readonly notCalled: readonly string[];
  readonly resource: readonly MetadataAnswer[];
  readonly issuers: readonly IssuerMetadata[];
  /** Empty when no client of ours is registered there (`sandglass login`). */
  readonly redirects: readonly RedirectAnswer[];
  /** Absent as those. */
  readonly pkce?: readonly PkceAnswer[];
}
