/** Seeded random (expression, URL) pairs that lie close to each other, so that each part of the match decides often. */
export interface Pair {
  readonly expression: string;
  readonly url: string;
  /** Scheme of the asking document, which stands in for one that an expression leaves out. */
  readonly self: "http" | "https";
}

const HOSTS = ["example.com", "api.example.com", "a.b.example.com", "example.org", "xn--bcher-kva.example", "127.0.0.1", "sub-domain.example.com", "EXAMPLE.com"];
const PORTS = ["", ":80", ":443", ":8080", ":*"];
const PATHS = ["", "/", "/a", "/a/", "/a/b.js", "/A", "/a%2Fb", "/a%20b", "/%61"];

export function pairsOf(seed: number, count: number): Pair[] {
  const random = mulberry32(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: count }, () => {
    const self = pick(["http", "https"] as const);
    const host = pick(HOSTS);
    const expressionHost = pick([host, host, pick(HOSTS), `*.${host}`, `*.${host.split(".").slice(1).join(".") || host}`, "*"]);
    const scheme = pick(["", "", "http://", "https://", "ws://", "wss://", "HTTPS://"]);
    const port = pick(PORTS);
    const path = pick(PATHS);
    const expression = random() < 0.06 ? pick(["*", "http:", "https:", "ws:", "wss:", "data:", "'none'", "'self'", "blob:"]) : `${scheme}${expressionHost}${port}${path}`;
    const urlScheme = pick(self === "https" ? ["https", "https", "wss"] : ["http", "https", "ws", "wss"]);
    const urlPort = random() < 0.5 && port !== ":*" ? port : pick(["", ":80", ":443", ":8080"]);
    const urlPath = pick([path || "/", pick(PATHS) || "/", `${path}x`.replace(/^x/, "/x"), `${path.replace(/\/?$/, "/")}c.js`]);
    return { expression, url: `${urlScheme}://${host}${urlPort}${urlPath}`, self };
  });
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
