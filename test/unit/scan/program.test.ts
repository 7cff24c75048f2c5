/** Names of a program have the form of tokens by chance: what is called, read off an object or a class is none. */
import { describe, expect, it, test } from "vitest";
import { scanText, scanValue } from "../../../harness/scan/index.ts";
import { b62, hex, low } from "./made.ts";

const WORDS = "recomputeVisibleTileBoundaryData";
const pushbullet = ["o", b62(32)].join(".");
const vault = ["s", b62(24)].join(".");
const openai = ["key", hex(64)].join("_");

const found = (text: string) =>
  scanText(text, "html", { where: { url: "page.html" } }).detections.map(({ kind }) => kind);

describe("a name in a program", () => {
  test.each<readonly [string, string]>([
    ["a method with words in it", `document.title=o.${WORDS}()`],
    ["a member with words in it", `const f=o.${WORDS};`],
    ["a member in quotes, as a source map names it", `"o.${WORDS}"`],
    ["a method of a class that was made small", `n=${pushbullet}(1)`],
    ["a member that is read", `n=${pushbullet}.x`],
    ["a member among arguments", `f(${vault},1)`],
    ["a function that is called", `${openai}()`],
    ["a class of a style sheet", `.${openai}{color:red}`],
    ["a member with a token's form", `this.${openai}=1`],
    ["a sign that is written as escapes, as in a table of emoji", "{'secret':'\\u3299\\ufe0f',}"],
    ["a name of two letters", `pw="${b62(24)}"`],
    ["a name of one letter", `{k:"${b62(32)}"}`],
    ["a table that begins with nulls", `w="${"A".repeat(64)}B${"A".repeat(30)}c7QxZ"`],
  ])("%s is no secret", (_, code) => {
    expect(found(`<script>${code}</script>`)).toEqual([]);
  });

  it.each<readonly [string, string, string]>([
    ["in quotes", "pushbullet-token", `send("${pushbullet}")`],
    ["in backticks", "vault-service-token", `send(\`${["hvs", b62(32)].join(".")}\`)`],
    ["behind a scheme", "pushbullet-token", `h.set("Authorization: ${pushbullet}")`],
    ["behind a long name", "named-password", `password="${b62(24)}"`],
    ["with an escape in it", "named-password", `password="\\u0041${b62(24)}"`],
    ["of a password's name and a number", "named-password", 'dbPassword: "DbPassword42"'],
    ["in a comment", "openai", `// the key is ${openai}`],
  ])("a token %s is found", (_, kind, code) => {
    expect(found(`<script>${code}</script>`).join()).toContain(kind === "openai" ? "key" : kind);
  });

  test("in what a tool gives there are no names of a program", () => {
    expect(scanValue({ items: [{ text: `f(${pushbullet})` }] }, "toolOutput").detections).toHaveLength(1);
  });
});

describe("the neighbourhood of a finding in a program", () => {
  const first = low(32);
  const second = b62(32);
  const text = `<script>\nconst a = { apiKey: "${first}", clientSecret: "${second}" }; // ours\n</script>`;
  const { detections } = scanText(text, "html", { where: { url: "page.html" } });

  test("is shown on its line, without this secret or the next", () => {
    expect(detections).toHaveLength(2);
    for (const { around } of detections) {
      expect(around).not.toContain(first.slice(2, -2));
      expect(around).not.toContain(second.slice(2, -2));
      expect(around).not.toMatch(/[\n<]/);
    }
    expect(detections[0]?.around).toMatch(/^const a = \{ apiKey: ".{1,9}", clientSecret: "/);
    expect(detections[1]?.around).toMatch(/clientSecret: ".{1,9}" \}; \/\/ ours$/);
  });

  test("is not cut through a secret beside it", () => {
    const long = scanText(`a="${first}";apiKey:"${low(32)}",secretKey:"${low(200)}"`, "html").detections;
    expect(long.map(({ around }) => around?.length ?? 0).every((length) => length > 0 && length < 140)).toBe(true);
  });

  test("is not given for what a tool gives", () => {
    expect(scanValue({ api_key: low(32) }, "toolOutput").detections[0]?.around).toBeUndefined();
  });
});

describe("what programs hold under telling names", () => {
  test.each<readonly [string, string]>([
    ["a list of names", `["getTokenByPassword","_requestConfig$client2","pass","depthModeFor3D"]`],
    ["names of a design", `[{"token":"itemActiveBgDisabled"},{"token":"onlyIconSizeLG"}]`],
    ["a constant", "{submitNewPassword: RESET_PASSWORD_V2_SUBMIT, withCredentials: defaultToConfig2}"],
    ["what a call gives", "password = crypto_CreatePasswordVerifier_Method1(p)"],
    ["its own name", `const AcquireTokenByRefreshToken = "acquireTokenByRefreshToken"`],
    ["a path", "RESET_PASSWORD = '/v1/accounts:resetPassword'"],
    ["an expression behind a question mark", "m===T.BLEND?_.pass=Le.TRANSLUCENT:i.mode==T.MASK"],
    ["code behind a cookie", `if(null!=v&&v.cookie&&(!t||!oi(Ng(e))))try{j._set(e,"",-1,t)}catch(e){}`],
    ["a scheme of its own", `h.set("Authorization","AWS4-HMAC-SHA256 Credential="+key)`],
    ["a key for trial", `if(licenseKey === "hftrial-0168e-1f2b7-47158-70b05-0842f") f()`],
    [
      "a public key in an address of its own kind",
      `a="enrtree://AKA3QW7LPBYEUDMVNU3BSVQJ5AD45Y7YPOHJ@nodes.example.net"`,
    ],
  ])("%s is no secret", (_, code) => {
    expect(found(`<script>${code}</script>`)).toEqual([]);
  });

  test.each<readonly [string, string]>([
    ["a key that a library brings along", `const defaultApiKey = "${low(32)}";`],
    ["an example of its documentation", `/**\n * @example f({ privateKey: "0x${hex(64)}" })\n */`],
  ])("%s is only possibly one", (_, code) => {
    const { detections } = scanText(`<script>${code}</script>`, "html");
    expect(detections.map(({ confidence }) => confidence)).toEqual(["possible"]);
  });

  test.each<readonly [string, string]>([
    ["a key in code", `const apiKey = "${low(32)}";`],
    ["a product in a comment", `/* a */ const privateKey = 2 * x; const apiKey = "${low(32)}";`],
    ["a name and its value as arguments", `set("X-Api-Key", "${low(32)}")`],
    ["a password in a query", `fetch("https://x.example/?password=kX9mQ2vLpp07kX9mQ2vL")`],
    ["a cookie of a session", `h = "Cookie: sid=${b62(32)}"`],
  ])("%s is one", (_, code) => {
    const { detections } = scanText(`<script>${code}</script>`, "html");
    expect(detections.map(({ confidence }) => confidence)).toEqual(["likely"]);
  });
});

describe("a literal that a program puts together", () => {
  const body = b62(24);
  const kept = low(40);
  const stripe = ["sk", "live", ""].join("_");
  const escaped = (text: string) =>
    Array.from(text, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

  test.each<readonly [string, string, string]>([
    ["by a plus", "stripe-secret-key", `const k = "${stripe}" + '${body}';`],
    ["by a plus at the end of a line", "stripe-secret-key", `const k = "${stripe}" +\n    "${body}";`],
    ["from three pieces", "stripe-secret-key", `k("sk_" + "live_" + "${body}")`],
    ["by concat, as compilers write templates", "stripe-secret-key", `k="sk_".concat("live_").concat("${body}")`],
    ["in a template", "stripe-secret-key", `k=\`${stripe}\${"${body}"}\``],
    ["by join", "stripe-secret-key", `k=["${stripe}", "${body}"].join("")`],
    ["from escapes", "stripe-secret-key", `k="${escaped(`${stripe}${body}`)}"`],
    ["with escapes for its signs", "stripe-secret-key", `k="sk\\x5flive\\x5f${body}"`],
    ["from escapes of code points", "stripe-secret-key", `k="\\u{73}k\\u{00005f}live_${body}"`],
    ["in a source map", "stripe-secret-key", JSON.stringify({ sourcesContent: [`k = "${stripe}" +\n\t"${body}"`] })],
    ["under a name", "named-key", `apiKey = "${kept.slice(0, 7)}" + "${kept.slice(7, 14)}" + "${kept.slice(14, 21)}"`],
  ])("%s is found", (_, kind, code) => {
    const { detections, masked } = scanText(`<script>${code}</script>`, "html", { where: { url: "page.html" } });
    expect(detections.map((one) => one.kind)).toEqual([kind]);
    expect(masked).not.toContain(body);
    expect(masked).toMatch(/^<script>.*<\/script>$/s);
  });

  test.each<readonly [string, string]>([
    ["a sentence", `"Your password: " + "atLeast8chars and more"`],
    ["a sentence with the name at its end", `"password:" + "Abcdefg1!x"`],
    ["a list joined by commas", `["${stripe}","${body}"].join(",")`],
    ["a sum", `"${stripe}"+n+"${body}"`],
    ["a call between", `"${stripe}".concat(n).concat("${body}")`],
    ["the marks of an armour", `"-----BEGIN PRIVATE KEY-----\\n" + "-----END PRIVATE KEY-----"`],
    ["markup in escapes", String.raw`"\u003cinput type=\u0022password\u0022 name=\u0022password\u0022\u003e"`],
    ["a name with a number", `{confirmPassword:"Confirm_password2"}`],
  ])("%s is none", (_, code) => {
    expect(found(`<script>${code}</script>`)).toEqual([]);
  });

  test.each(['"a" + ', '"].join("")', "\\x41 ", '".concat("', '${"a"}', "]"])(
    "%j over and over takes no longer than its length",
    (piece) => {
      const cpu = (length: number) => {
        const text = piece.repeat(length / piece.length);
        const from = process.cpuUsage();
        scanText(text, "html");
        const { user, system } = process.cpuUsage(from);
        return (user + system) / 1000;
      };
      cpu(50_000);
      expect(cpu(400_000)).toBeLessThan(20 * Math.max(5, cpu(100_000)));
    },
  );
});
