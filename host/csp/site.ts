/** Who registered a host. Apart from `addresses.ts`, since the public suffix list is large. */
import { parse } from "tldts";

/** What its owner registered, of an origin or an entry with a wildcard; tenants of shared hosting count apart. Null for IP addresses and public suffixes. */
export function registrableDomain(origin: string): string | null {
  const host = hostOf(origin);
  return host === null ? null : parse(host, { allowPrivateDomains: true }).domain;
}

/** Host of an origin or entry, in lower case, without the wildcard before it. */
export const hostOf = (origin: string): string | null =>
  /^[a-z][a-z0-9+.-]*:\/\/(?:\*\.)?([^/:?#]+)/i.exec(origin)?.[1]?.toLowerCase() ?? null;
