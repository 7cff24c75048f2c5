/** Hosts on which anybody can put files, and entries for what of them is meant. Not a check. */
import type { NetworkAttempt } from "../../model/evidence.ts";

/** Hosts that serve whatever anybody publishes, in a registry, a repository or a bucket, when no path narrows them. */
export const OPEN_HOSTS: ReadonlyMap<string, string> = new Map([
  ...[
    "unpkg.com",
    "cdn.jsdelivr.net",
    "fastly.jsdelivr.net",
    "gcore.jsdelivr.net",
    "esm.run",
    "esm.sh",
    "cdn.esm.sh",
    "cdn.skypack.dev",
    "ga.jspm.io",
    "jspm.dev",
    "esm.unpkg.com",
  ].map((host) => [host, "any npm package"] as const),
  ...[
    "raw.githubusercontent.com",
    "raw.githack.com",
    "rawcdn.githack.com",
    "gist.githubusercontent.com",
    "cdn.statically.io",
    "gitcdn.xyz",
  ].map((host) => [host, "any public repository"] as const),
  ...["storage.googleapis.com", "s3.amazonaws.com", "firebasestorage.googleapis.com", "storage.cloud.google.com"].map(
    (host) => [host, "any public bucket"] as const,
  ),
]);

/** `/npm/three@0.170.0/` names one package; `/npm/` names all of them. */
export const isNarrowed = (path: string): boolean =>
  path.split("/").filter((part) => part !== "" && !/^(npm|gh|wp|combine|stable|v\d+)$/.test(part)).length > 0;

/** The entry that lets this through and as little else as may be: its origin, or, of an open host, the folder or the file. */
export function exactEntryFor({ url, origin }: Pick<NetworkAttempt, "url" | "origin">): string {
  const { hostname, pathname } = new URL(url);
  if (!OPEN_HOSTS.has(hostname)) return origin;
  const folder = pathname.replace(/[^/]*$/, "");
  return origin + (isNarrowed(folder) ? folder : pathname);
}
