/** Tokens that no server may take, made here: nothing of them is secret. */
import { generateKeyPairSync, sign } from "node:crypto";
import { isRecord } from "../../../host/csp/record.ts";
import type { TokenKind } from "../../model/evidence/auth.ts";

export interface ProbeToken {
  readonly kind: TokenKind;
  /** Null: none is sent. */
  readonly value: string | null;
}

export interface RealTokens {
  /** One that the server takes. */
  readonly good?: string;
  /** Real ones that it must refuse, as the user gave them. */
  readonly bad?: Readonly<Partial<Record<"expired" | "audience" | "scopes", string>>>;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** @param audience the endpoint, as its metadata names it */
export function probeTokens(issuer: string, audience: string, { bad = {} }: RealTokens): readonly ProbeToken[] {
  const now = Math.floor(Date.now() / 1000);
  const claims = encoded({ iss: issuer, aud: audience, sub: "sandglass", iat: now, exp: now + 3600, scope: "openid" });
  const signed = `${encoded({ alg: "ES256", typ: "JWT", kid: "sandglass" })}.${claims}`;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return [
    { kind: "malformed", value: "sandglass-no-token" },
    { kind: "forged", value: `${signed}.${signature.toString("base64url")}` },
    { kind: "unsigned", value: `${encoded({ alg: "none", typ: "JWT" })}.${claims}.` },
    ...(["expired", "audience", "scopes"] as const).flatMap((kind) => {
      const value = bad[kind];
      return value === undefined ? [] : [{ kind, value }];
    }),
  ];
}

/** Scopes that a token names itself; null when it is none that can be read. */
export function scopesOf(token: string | undefined): readonly string[] | null {
  const [, body = ""] = token?.split(".") ?? [];
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString());
    const scope = isRecord(claims) ? (claims.scope ?? claims.scp) : undefined;
    if (Array.isArray(scope)) return scope.filter((one): one is string => typeof one === "string");
    return typeof scope === "string" ? scope.split(" ").filter(Boolean) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
