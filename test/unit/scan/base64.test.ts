/** Bytes as base64 hold every short form by chance: a token there is none, and one that stands alone is. */
import { describe, expect, it, test } from "vitest";
import { formats } from "../../../harness/scan/formats/index.ts";
import { scanText, scanValue } from "../../../harness/scan/index.ts";
import { readTemplate } from "../../../harness/scan/template.ts";
import { randomOf } from "../../bench/secret-samples.ts";

const random = randomOf(11);
const bytes = (count: number, seed: () => number = random) =>
  Buffer.from(Uint8Array.from({ length: count }, () => Math.floor(seed() * 256)));
const base64 = (count: number) => bytes(count).toString("base64").replace(/=+$/, "");
const kinds = (text: string) => scanText(text, "html", { where: { url: "page.html" } }).detections;

/** Forms that base64 can spell, with an example of each. */
const spelt = formats.flatMap((format) => {
  const { example } = readTemplate(format.form, format.ignoreCase);
  const examples = Array.from({ length: 40 }, () => example(random)).filter(
    (text) => /^[A-Za-z0-9+/]+$/.test(text) && format.verify?.(text) !== false,
  );
  const text = examples[0];
  return text === undefined ? [] : [[format.id, text, format.form] as const];
});

test("there are forms that base64 can spell", () => expect(spelt.length).toBeGreaterThan(15));

describe.each(spelt)("%s", (_, token, form) => {
  it("is found where it stands alone, in a path, in a list and beside a sign", () => {
    // A form with slashes of its own has no border in a path.
    const inPath = form.includes("{b64") ? [] : [`fetch("https://api.example.com/v1/Keys/${token}/rotate")`];
    for (const text of [
      ...inPath,
      `const a = "${token}";`,
      `"/Users/Ann/Projects/app1/${token}"`,
      `a\n${token}\nb`,
      `x=${token}`,
      `"data:text/plain,${token}"`,
    ])
      expect(kinds(text), text).not.toEqual([]);
  });
  it("is no finding amid base64, on one line or wrapped, with slashes as they are or escaped", () => {
    const run = `${base64(90)}/${token}+${base64(90)}`;
    for (const text of [
      `<img src="data:image/png;base64,${run}">`,
      `const a = "${run.replaceAll("/", "\\/")}";`,
      `"data:image/png;base64,${run.replaceAll("/", "%2F").replaceAll("+", "%2B")}"`,
      `${base64(57)}\n${base64(27)}/${token}\n${base64(57)}`,
    ])
      expect(kinds(text), text).toEqual([]);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])("page %i of a megabyte of random bytes has no finding", (seed) => {
  const uri = `data:application/octet-stream;base64,${bytes(1 << 20, randomOf(seed)).toString("base64")}`;
  expect(kinds(`<!doctype html><img src="${uri}"><script>const a = "${uri}";</script>`)).toEqual([]);
  expect(scanValue({ items: [{ payload: uri }] }, "toolOutput", { personalData: true }).detections).toEqual([]);
});

test("a secret that is written in base64 is found all the same", () => {
  const token = spelt.find(([id]) => id === "aws-access-key-id")?.[1] ?? "";
  const text = Buffer.from(JSON.stringify({ note: "for the deployment", key: token })).toString("base64");
  expect(kinds(`<script>const config = atob("${text}");</script>`)).not.toEqual([]);
});
