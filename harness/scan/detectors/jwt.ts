/** JSON Web Tokens, signed (JWS) and encrypted (JWE), told by decoding the header. RFC 7515, 7516, 7519. */
import { decodeJwt, decodeProtectedHeader } from "jose";
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import type { Detector, Hit } from "../types.ts";

const COMPACT = /[\w-]{12,8192}(?:\.[\w-]{0,65536}){1,4}={0,2}/y;

export const jwt: Detector = {
  id: "jwt",
  anchors: ["eyJ", "eyA", "ewo", "ew0", "eyI"],
  ignoreCase: false,
  find(text, at) {
    const compact = matchAt(COMPACT, text, at)?.[0].replace(/(?<![.=])[.=]+$/, "");
    if (!compact) return null;
    const [first = "", ...rest] = compact.split(".");
    const header = rest.length > 0 ? headerOf(first) : null;
    if (!header) return null;
    if (typeof header.enc === "string" && rest.length === 4) return encrypted(compact, at, header);
    return signed([first, ...rest], at, header);
  },
};

/** The header as JSON, or null when it is no JOSE header: `alg` must be a text. */
function headerOf(part: string): { readonly alg: string; readonly enc?: unknown } | null {
  try {
    const header = decodeProtectedHeader(`${part}..`) as Record<string, unknown>;
    return typeof header.alg === "string" ? (header as { alg: string; enc?: unknown }) : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function encrypted(compact: string, at: number, header: { readonly alg: string; readonly enc?: unknown }): Hit {
  return hit({
    start: at,
    end: at + compact.length,
    kind: "jwe",
    title: "Encrypted JSON Web Token",
    confidence: "likely",
    value: compact,
    why: `its header decodes to an encrypted token (alg ${safe(header.alg)}, enc ${safe(String(header.enc))}); what it grants cannot be read`,
  });
}

function signed(parts: readonly string[], at: number, header: { readonly alg: string }): Hit | null {
  const value = parts.slice(0, 3).join(".").replace(/\.$/, "");
  let claims: Record<string, unknown>;
  try {
    claims = decodeJwt(`${parts[0]}.${parts[1]}.`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return null;
  }
  const names = Object.keys(claims).slice(0, 12).map(safe);
  const expiry =
    typeof claims.exp === "number" && Number.isFinite(claims.exp) && Math.abs(claims.exp) < 8e12
      ? `expires ${new Date(claims.exp * 1000).toISOString().slice(0, 16)}Z`
      : "never expires";
  const anonymous = claims.role === "anon" && (claims.iss === "supabase" || typeof claims.ref === "string");
  const unsigned = !parts[2] || header.alg.toLowerCase() === "none";
  const sureness = unsigned ? "likely" : "certain";
  return hit({
    start: at,
    end: at + value.length,
    kind: anonymous ? "supabase-anon-key" : "jwt",
    title: anonymous ? "Supabase anonymous key" : "JSON Web Token",
    confidence: isExample(claims) ? "possible" : sureness,
    publishable: anonymous,
    value,
    why: `its header decodes (alg ${safe(header.alg)}${unsigned ? ", no signature" : ""}), ${expiry}, claims: ${names.join(", ") || "none"}`,
  });
}

/** The claims that documentation shows, as jwt.io has them: somebody may have signed them with a secret of their own. */
function isExample({ sub, name, iat, admin = true, ...more }: Record<string, unknown>): boolean {
  const isJohn = sub === "1234567890" && name === "John Doe" && (iat === undefined || iat === 1516239022);
  return isJohn && admin === true && Object.keys(more).length === 0;
}

/** Names and algorithms come from the token: only plain ones are repeated. */
function safe(name: string): string {
  return /^[\w:./+-]{1,40}$/.test(name) ? name : "…";
}
