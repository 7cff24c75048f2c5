/** A local server that is judged as the deployed one: its addresses, as they will be. */
import { parseUrl } from "../../host/csp/addresses.ts";

export interface Deployment {
  /** Origin of the local server, e.g. `http://localhost:3000`. */
  readonly local: string;
  /** Origin that it will have, of https, e.g. `https://app.example.com`. */
  readonly origin: string;
}

/** Names of one machine for itself. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"];
const DEFAULT_PORTS: Readonly<Partial<Record<string, string>>> = { "http:": "80", "https:": "443" };

const escaped = (text: string): string => text.replace(/[.[\]]/g, "\\$&");

/** Finds the server's addresses in a text, whatever their scheme and name; slashes may be escaped, as in JSON within HTML. */
function patternOf(local: string): RegExp {
  const { hostname, port, protocol } = new URL(local);
  const hosts = LOOPBACK.includes(hostname) ? LOOPBACK : [hostname];
  const written = port === "" ? `(?::${DEFAULT_PORTS[protocol] ?? ""})?(?![\\w.:-])` : `:${port}(?!\\d)`;
  return new RegExp(`(?:(https?|wss?):)?(\\\\?/)\\2(?:${hosts.map(escaped).join("|")})${written}`, "gi");
}

const patterns = new Map<string, RegExp>();

/** The text with the local server's addresses as they will be; `ws:` becomes `wss:`. */
export function textAsDeployed(text: string, { local, origin }: Deployment): string {
  let pattern = patterns.get(local);
  if (!pattern) patterns.set(local, (pattern = patternOf(local)));
  const { host } = new URL(origin);
  return text.replace(pattern, (_all, scheme: string | undefined, slash: string) => {
    const secure = scheme && (/^ws/i.test(scheme) ? "wss:" : "https:");
    return `${secure ?? ""}${slash}${slash}${host}`;
  });
}

/** A plain value in which every text, and every key, is as deployed. */
export function asDeployed<T>(value: T, deployment: Deployment): T {
  return changed(value, (text) => textAsDeployed(text, deployment)) as T;
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => changed(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), changed(one, change)]));
}

/** Origins on this machine's loopback that a text names, in the order in which they come. */
export function loopbackOriginsIn(text: string): string[] {
  const found = text.matchAll(
    /\bhttps?:\\?\/\\?\/(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d{1,5})?(?![\w.])/gi,
  );
  const written = new Set([...found].map(([address]) => address.replaceAll("\\", "")));
  return [...new Set([...written].flatMap((address) => parseUrl(address)?.origin ?? []))];
}
