/** Seeded random (expression, URL) pairs that lie close to each other, so that each part of the match decides often. */
export interface Pair {
  readonly expression: string;
  readonly url: string;
  /** Scheme of the asking document, which stands in for one that an expression leaves out. */
  readonly self: "http" | "https";
  /** The URL is reached by a redirect. */
  readonly redirected: boolean;
}

/** Host of the asking document. */
export const SELF_HOST = "self.example";
/** Answers a request with a redirect to the URL in its query. */
export const HOP = "http://hop.example";

const HOSTS = [
  "example.com",
  "api.example.com",
  "a.b.example.com",
  "example.org",
  "xn--bcher-kva.example",
  "bücher.example",
  "127.0.0.1",
  "10.0.0.1",
  "2130706433",
  "0x7f.1",
  "[::1]",
  "sub-domain.example.com",
  "EXAMPLE.com",
  "example.com.",
  "com",
  "under_score.example.com",
  "-a.example.com",
  "a-.example.com",
  "a..example.com",
  "localhost",
  "x.localhost",
  SELF_HOST,
  `x.${SELF_HOST}`,
  "*.example.com",
  "a*b.example.com",
];
const PORTS = ["", "", ":80", ":443", ":8080", ":*", ":0443", ":080", ":0", ":65535", ":99999", ":", ":8o"];
const PATHS = [
  "",
  "/",
  "/a",
  "/a/",
  "/a/b.js",
  "/A",
  "/a%2Fb",
  "/a/b",
  "/a%20b",
  "/%61",
  "/a%3Bb",
  "/a%2Cb",
  "/%E2%82%AC",
  "/%e2%82%ac",
  "/%FF",
  "/%ff%61",
  "/%",
  "/%zz%61",
  "/a//b",
  "/a/../b",
  "/.",
  "/a.",
  "/a;b",
  "/a,b",
  "/a?b",
  "/a#b",
  "/a'b",
  "/ä",
  "/a%00b",
  "/*",
  "/a*",
];
const SCHEMES = [
  "",
  "",
  "",
  "http://",
  "https://",
  "https://",
  "ws://",
  "wss://",
  "HTTPS://",
  "ftp://",
  "custom+x://",
  "//",
  "http:/",
  "1http://",
];
const WHOLE = [
  "*",
  "http:",
  "https:",
  "ws:",
  "wss:",
  "data:",
  "blob:",
  "filesystem:",
  "HTTPS:",
  "https",
  "'none'",
  "'self'",
  "'SELF'",
  "self",
  "'unsafe-inline'",
  "'nonce-abc'",
  "*.",
  "*:*",
  "*:443",
  "**",
  "*.*",
  ".example.com",
  "https://*",
  "https://*:*",
  "https://*.",
  "https://",
  "https:/",
  "://example.com",
  "''",
  "'self",
  "https:*",
];
const USERINFO = ["", "", "", "", "", "", "", "user@", "user:pass@"];

export function pairsOf(seed: number, count: number): Pair[] {
  const random = mulberry32(seed);
  const pick = <T extends string>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  };
  const pair = (): Pair => {
    const self = pick(["http", "https"] as const);
    const redirected = self === "http" && random() < 0.15;
    const host = pick(HOSTS);
    const near = pick([
      host,
      host,
      host,
      pick(HOSTS),
      `*.${host}`,
      `*.${host.split(".").slice(1).join(".") || host}`,
      "*",
      `${host}.`,
      host.toUpperCase(),
      `x.${host}`,
    ]);
    const [port, path] = [pick(PORTS), pick(PATHS)];
    const one =
      random() < 0.12 ? pick(WHOLE) : `${pick(SCHEMES)}${random() < 0.03 ? "user@" : ""}${near}${port}${path}`;
    const expression = random() < 0.15 ? `${one} ${pick([...WHOLE, `https://${pick(HOSTS)}`])}` : one;
    const scheme = pick(["https", "https", "http", "wss", "ws"]);
    const urlPort = random() < 0.5 && /^:\d+$/.test(port) ? port : pick(["", "", ":80", ":443", ":8080"]);
    const urlPath = pick([
      path || "/",
      path || "/",
      pick(PATHS) || "/",
      `${path}x`.replace(/^x/, "/x"),
      `${path.replace(/\/?$/, "/")}c.js`,
    ]);
    const url =
      random() < 0.04
        ? pick([
            "data:text/plain,x",
            `blob:${self}://${SELF_HOST}/7f9c1a52`,
            "blob:null/7f9c1a52",
            "custom+x://example.com/a",
            "ftp://example.com/a",
          ])
        : `${scheme}://${pick(USERINFO)}${host}${urlPort}${urlPath}`;
    return { expression, url, self, redirected: redirected && /^https?:/.test(url) };
  };
  const pairs: Pair[] = [];
  // What is no URL is asked for by nobody, and what a list cannot hold is the builder's affair: see `isOneSource`.
  while (pairs.length < count) {
    const next = pair();
    if (URL.canParse(next.url) && !/[;,]/.test(next.expression)) pairs.push(next);
  }
  return pairs;
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
