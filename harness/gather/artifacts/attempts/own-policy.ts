/** Whether a violation can be of the host's policies at all, or is of one that the widget set itself. */
import { matchSourceList } from "../../../../host/csp/matching.ts";
import { directiveSources } from "../../../../host/csp/policy.ts";
import type { RawIssue } from "../../../model/raw-log.ts";
import type { Join } from "./draft.ts";

/** Every policy that the host sets lets it through: a `<meta>` of the page's own stands in the way. */
export function isOfOwnPolicy(
  { directive, code }: RawIssue,
  { url, hops }: { readonly url: string; readonly hops: readonly string[] },
  { context: { policy, sandbox } }: Join,
): boolean {
  const allows = (sources: readonly string[] | null): boolean => {
    if (sources === null) return true;
    if (code !== null) return sources.includes(CODE[code]);
    return [...hops, url].every(
      (one, index) => matchSourceList(sources, one, { self: sandbox.origin, redirected: index > 0 }).allowed,
    );
  };
  return (
    policy.effective.length > 0 && policy.effective.every(({ value }) => allows(directiveSources(value, directive)))
  );
}

/** Whether every policy that the host sets lets an address through. */
export const isWithinPolicies = (
  url: string,
  directive: string | null,
  { context: { policy, sandbox } }: Join,
): boolean =>
  directive === null ||
  policy.effective.every(({ value }) => {
    const sources = directiveSources(value, directive);
    return sources === null || matchSourceList(sources, url, { self: sandbox.origin, redirected: false }).allowed;
  });

const CODE = { inline: "'unsafe-inline'", eval: "'unsafe-eval'" } as const;
