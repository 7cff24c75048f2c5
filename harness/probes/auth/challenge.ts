/** The parameters of a `WWW-Authenticate` header (RFC 9110, 11.6.1), of the scheme that bears tokens if there is one. Pure. */
import type { Challenge } from "../../model/evidence/auth.ts";

const SCHEMES = /(?:^|,)\s*([A-Za-z][\w-]*)(?=\s+[\w-]+\s*=|\s*(?:,|$))/g;

export function challengeOf(header: string | null): Challenge | null {
  if (header === null) return null;
  const starts = [...header.matchAll(SCHEMES)].map(({ index, 0: whole, 1: scheme = "" }) => ({
    scheme,
    at: index + whole.length,
  }));
  const chosen = starts.find(({ scheme }) => /^(?:bearer|dpop)$/i.test(scheme)) ?? starts[0];
  if (!chosen) return null;
  const next = starts.find(({ at }) => at > chosen.at);
  const text = header.slice(chosen.at, next ? next.at - next.scheme.length : undefined);
  const parameter = (name: string): string | null => {
    const found = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`, "i").exec(text);
    return found ? (found[1] ?? found[2] ?? "").replace(/\\(.)/g, "$1") : null;
  };
  return {
    scheme: chosen.scheme,
    resourceMetadata: parameter("resource_metadata"),
    scope: parameter("scope"),
    error: parameter("error"),
  };
}
