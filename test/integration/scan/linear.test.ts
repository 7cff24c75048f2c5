/** Reading takes time in proportion to the text, whatever the text repeats. */
import { describe, expect, test } from "vitest";
import { urlsInText } from "../../../harness/bundle/literals.ts";
import { detectors } from "../../../harness/scan/find.ts";
import { scanText } from "../../../harness/scan/index.ts";

/** Four times the text may take eight times the time; quadratic work takes sixteen. */
const MOST = 8;
/** Milliseconds below which the clock and the compiler say more than the work. */
const NOISE = 60;

/** Processor time of this process, milliseconds: other work on the machine does not count. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function expectLinear(bait: string, size: number, read: (text: string) => unknown): void {
  const text = (length: number) => bait.repeat(Math.ceil(length / bait.length));
  const [small, large] = [text(size), text(4 * size)];
  // Whatever the small one takes, no more than this is asked.
  if (cost(() => read(large)) < NOISE) return;
  const least = (of: string) => Math.min(...Array.from({ length: 3 }, () => cost(() => read(of))));
  const where = `${JSON.stringify(bait.slice(0, 60))} at ${4 * size} characters`;
  expect(least(large), where).toBeLessThan(MOST * least(small) + NOISE);
}

const SHAPES: Readonly<Record<string, string>> = {
  "signed parameters": "?X-Amz-Signature=",
  "signed values": `&X-Amz-Signature=${"a1".repeat(32)}`,
  signatures: "&Signature=",
  "function codes": "?code=",
  percent: "%25",
  braces: "}",
  dots: ".",
  "URLs and dots": "https://a.example/.....",
  "URLs without space": '"https://a.example/x.png",',
  "URLs in sentences": "see https://a.example/x.png now ",
  "slashes in quotes": '"//a.b',
  "turn servers": "turn:a.b.c.",
  userinfo: "a://b:c",
  "at signs": "://:@",
  assignments: "password: ",
  "open quotes": 'token="',
  escapes: '\\\\"',
  hyphens: "-----",
  "word and hyphen": "a-",
  digits: "4111 ",
  mails: "a@a.",
  spaces: " ",
  base64: "QUFB",
  cookies: "Set-Cookie: a=b; ",
  flags: "--password ",
};

describe.each(Object.entries(SHAPES))("%s", (_, bait) => {
  test.each(["toolOutput", "html"] as const)("scanned as %s", { timeout: 120_000 }, (carrier) => {
    expectLinear(bait, 60_000, (text) => scanText(text, carrier, { personalData: true, where: { url: "x" } }));
  });
  test("read for URLs", { timeout: 120_000 }, () => {
    for (const whole of [true, false]) expectLinear(bait, 60_000, (text) => urlsInText(text, whole));
    expectLinear(bait, 60_000, (text) => urlsInText(`https://a.example/${text}x`));
  });
});

test("the anchor of each detector", { timeout: 300_000 }, () => {
  for (const { anchors } of detectors)
    for (const after of ["", "a", " "])
      expectLinear(anchors.map((anchor) => anchor + after).join(""), 20_000, (text) => scanText(text, "toolOutput"));
});
