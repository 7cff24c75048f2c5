/** What an address says by itself: whose it is, and whether anybody else can reach it. */

const LOCAL_HOST =
  /^(localhost|.+\.localhost|.+\.local|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|::1|f[cd][0-9a-f]{2}:.*|fe80:.*)$/i;

/** Loopback, private ranges and names that only exist on a local network. */
export const isLocalHost = (host: string): boolean => LOCAL_HOST.test(host.replace(/^\[|\]$/g, ""));

export function isLocal(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== null && isLocalHost(parsed.hostname);
}

/** `https://host:port`, the scheme alone for schemes without a host, or the text itself. */
export function originOf(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return url;
  if (parsed.origin !== "null") return parsed.origin;
  return parsed.host ? `${parsed.protocol}//${parsed.host}` : parsed.protocol;
}

/** `https://host:port` of an address that goes over the network (http, https, ws, wss); null for every other. */
export function webOrigin(url: string): string | null {
  const parsed = parseUrl(url);
  if (!parsed) return null;
  const { protocol, host } = parsed;
  return /^(https?|wss?):$/.test(protocol) && host !== "" ? `${protocol}//${host}` : null;
}

/** `data:`, in lower case; null for what has none. */
export const schemeOf = (url: string): string | null => /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0]?.toLowerCase() ?? null;

/** Not through `URL.canParse`: Node 20's, once it is hot, refuses every URL with a letter such as ü. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
