/** Fresh values for the benchmark, made at run time: no token stands in this repository. */
import { formats } from "../../harness/scan/formats/index.ts";
import { readTemplate } from "../../harness/scan/template.ts";

export interface Sample {
  readonly source: string;
  readonly rule: string;
  readonly label: "positive" | "negative";
  readonly text: string;
  /** How it stands in props. */
  readonly place?: (text: string) => unknown;
}

/** Mulberry32: small, seeded, good enough for samples. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PLACES: readonly ((text: string) => unknown)[] = [
  (text) => ({ value: text }),
  (text) => ({ items: [{ id: 7, note: text }] }),
  (text) => ({ log: `request failed with ${text} at 10:02` }),
  (text) => ({ config: JSON.stringify({ service: { setting: text } }) }),
  (text) => ({ link: `https://api.example.com/v1/things?x=${encodeURIComponent(text)}&y=2` }),
  (text) => [["a", text]],
];

export function freshPositives(random: () => number, each = 4): Sample[] {
  return formats.flatMap((format) => {
    const { example } = readTemplate(format.form, format.ignoreCase);
    return Array.from({ length: each }, (_, index): Sample => {
      let text = example(random);
      for (let tries = 0; format.verify?.(text) === false && tries < 20; tries += 1) text = example(random);
      return {
        source: "fresh",
        rule: format.id,
        label: "positive",
        text,
        place: PLACES[(index + Math.floor(random() * PLACES.length)) % PLACES.length] ?? ((value) => value),
      };
    });
  });
}

export function freshNegatives(random: () => number, each = 10): Sample[] {
  const of = (letters: string, length: number) =>
    Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join("");
  const hex = (length: number) => of("0123456789abcdef", length);
  const b62 = (length: number) => of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);
  const b64 = (length: number) => of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/", length);
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const kinds: Readonly<Record<string, () => unknown>> = {
    uuid: () => ({ id: uuid(), sessionId: uuid(), token: null }),
    "git-sha": () => ({ commit: hex(40), sha: hex(40) }),
    sha256: () => ({ checksum: hex(64), hash: hex(64) }),
    sri: () => ({ integrity: `sha384-${b64(64)}` }),
    cursor: () => ({
      nextCursor: b64(48),
      endCursor: Buffer.from(`cursor:${Math.floor(random() * 1e6)}`).toString("base64"),
    }),
    "page-token": () => ({ nextPageToken: b64(64), pageToken: b62(40), continuationToken: b64(80) }),
    "data-uri": () => ({ image: `data:image/png;base64,iVBORw0KGgo${b64(800)}` }),
    blurhash: () => ({
      blurhash: `L${of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~", 27)}`,
    }),
    "object-url": () => ({ url: `https://bucket.s3.amazonaws.com/${hex(32)}/${b62(24)}.png` }),
    "video-id": () => ({ videoId: b62(11), playlist: `PL${b62(32)}` }),
    ids: () => ({
      stripeCustomer: `cus_${b62(14)}`,
      price: `price_${b62(24)}`,
      event: `evt_${b62(24)}`,
      message: `msg_${b62(24)}`,
    }),
    placeholder: () => ({
      apiKey: "YOUR_API_KEY",
      token: "<token>",
      secret: "xxxxxxxxxxxxxxxx",
      password: "********",
      key: "sk-...",
      authorization: "Bearer $TOKEN",
    }),
    labels: () => ({
      password: "Password",
      token: "Access token",
      secret: "Client secret",
      apiKey: "API key (optional)",
      forgotPassword: "Forgot your password?",
    }),
    keys: () => ({
      key: `user:${Math.floor(random() * 1e6)}:profile`,
      cacheKey: hex(32),
      primaryKey: "order_id",
      keyId: b62(20),
      publicKey: b64(44),
      siteKey: `6L${b62(38)}`,
      idempotencyKey: uuid(),
    }),
    tokens: () => ({
      maxTokens: 4096,
      tokenCount: 128,
      tokens: 53,
      tokenType: "Bearer",
      tokenUrl: "https://auth.example.com/oauth/token",
      csrfToken: b64(43),
    }),
    paths: () => ({
      secretPath: "kv/data/prod/db",
      passwordFile: "/run/secrets/db_password",
      tokenName: "deploy-token-production",
      secretName: "my-app-db-credentials",
    }),
    locale: () => ({
      passwordHint: "At least 12 characters, one digit",
      "auth.password.reset": "Reset your password",
      "token.expired": "Your session has expired",
    }),
    masked: () => ({
      apiKey: `sk-...${b62(4)}`,
      token: `ghp_****${b62(4)}`,
      card: "**** 4242",
      secret: `${b62(4)}••••••••`,
    }),
    design: () => ({
      designTokens: { "color.primary": "#1a73e8" },
      colorToken: "brand-500",
      syntaxToken: "keyword.control",
    }),
    crypto: () => ({
      address: `0x${hex(40)}`,
      txHash: `0x${hex(64)}`,
      tokenAddress: `0x${hex(40)}`,
      cid: `Qm${b62(44)}`,
    }),
    code: () => ({
      snippet: "const token = await getToken(); fetch(url, { headers: { Authorization: `Bearer ${token}` } });",
      doc: "Set OPENAI_API_KEY=your-key-here and run `npm start`",
    }),
    html: () => ({
      html: '<input type="password" name="password" autocomplete="current-password" placeholder="Password">',
    }),
    dates: () => ({
      updatedAt: "2026-11-20T10:00:00.000Z",
      etag: `W/"${hex(32)}"`,
      version: "v1.22.333-beta.4",
      build: `${hex(7)}-dirty`,
    }),
    phone: () => ({ tracking: of("0123456789", 20), order: `ORD-${of("0123456789", 12)}`, ean: of("0123456789", 13) }),
    svg: () => ({ path: `M${of("0123456789", 3)} ${of("0123456789", 3)}L${of("0123456789", 2)}.5 10Z` }),
    "base64-text": () => ({
      body: Buffer.from(`{"page":${Math.floor(random() * 1e4)},"sort":"price","dir":"asc"}`).toString("base64"),
    }),
    slugs: () => ({
      slug: "how-to-rotate-your-api-key-and-client-secret",
      url: "https://docs.example.com/reset-password?token=invalid&next=%2Fsettings",
    }),
    webauthn: () => ({ credentialId: b64(43), challenge: b64(43), publicKey: b64(91) }),
    s3: () => ({ key: `uploads/${hex(16)}/${b62(12)}.csv`, bucketKey: true, objectKey: `${uuid()}/report-final.pdf` }),
    dsn: () => ({
      url: "postgres://user:password@localhost:5432/app",
      redis: "redis://localhost:6379/0",
      amqp: "amqp://guest:guest@localhost/",
    }),
  };
  return Object.entries(kinds).flatMap(([rule, make]) =>
    Array.from({ length: each }, (): Sample => {
      const value = make();
      return { source: "fresh", rule, label: "negative", text: JSON.stringify(value), place: () => value };
    }),
  );
}
