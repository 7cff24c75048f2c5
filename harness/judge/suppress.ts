/** Findings that config or baseline lets stand. */
import type { Finding } from "../model/result.ts";

/** A finding that is known, and why it may stand. */
export interface AllowedFinding {
  readonly fingerprint: string;
  readonly reason: string;
  /** Only in this widget; default in every one. */
  readonly widget?: string;
  /** ISO date after which it counts again. */
  readonly expires?: string;
}

export interface Suppressed {
  readonly finding: Finding;
  readonly reason: string;
}

/** What still counts, and what is set aside with its reason. An entry whose day is over sets nothing aside, and is named. */
export function partitionSuppressed(
  findings: readonly Finding[],
  widget: string,
  { allow = [], today }: { readonly allow?: readonly AllowedFinding[]; readonly today?: string },
): { readonly kept: Finding[]; readonly suppressed: Suppressed[] } {
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const hasExpired = (entry: AllowedFinding): boolean =>
    entry.expires !== undefined && today !== undefined && entry.expires < today;
  // An entry without a fingerprint must not match a finding whose data has none.
  const entries = allow.filter((entry) => typeof entry.fingerprint === "string" && (entry.widget ?? widget) === widget);
  for (const finding of findings) {
    const matching = entries.filter(
      ({ fingerprint }) => fingerprint === finding.fingerprint || fingerprint === finding.data.fingerprint,
    );
    const valid = matching.find((entry) => !hasExpired(entry));
    const [expired] = matching;
    if (valid) suppressed.push({ finding, reason: valid.reason });
    else kept.push(expired ? withExpiry(finding, expired) : finding);
  }
  return { kept, suppressed };
}

const withExpiry = (finding: Finding, { expires = "", reason }: AllowedFinding): Finding => ({
  ...finding,
  message: `${finding.message} (it was allowed until ${expires}: ${reason})`,
});
