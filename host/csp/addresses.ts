/** What an address says by itself: whose it is, and whether anybody else can reach it. */

const LOCAL_NAME = /(^|\.)(localhost|local)$/i;
const LOCAL_V4 =
  /^(127|10|0|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d+(\.\d+){0,2}$/;
/** As `URL` spells them; the last form holds an address of IPv4. */
const LOCAL_V6 =
  /^(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::ffff:(7f[0-9a-f]{2}|a[0-9a-f]{2}|c0a8|ac1[0-9a-f]|a9fe):[0-9a-f]+)$/i;

/** Loopback, private ranges and names that only exist on a local network. */
export function isLocalHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$|\.$/g, "");
  return bare.includes(":") ? LOCAL_V6.test(bare) : LOCAL_NAME.test(bare) || isLocalV4(bare);
}

/** Four numbers: a name may begin like an address. */
const isLocalV4 = (host: string): boolean => host.split(".").length === 4 && LOCAL_V4.test(host);

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
