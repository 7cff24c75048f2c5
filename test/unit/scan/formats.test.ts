import { describe, expect, it } from "vitest";
import { formats } from "../../../harness/scan/formats/index.ts";
import { scanValue } from "../../../harness/scan/index.ts";
import { readTemplate } from "../../../harness/scan/template.ts";
import { randomOf } from "../../bench/secret-samples.ts";

const kindsIn = (text: string) => scanValue([text], "toolOutput").detections.map(({ kind }) => kind);

/** A value of the format that its own check accepts. */
function exampleOf(format: (typeof formats)[number], seed: number): string {
  const { example } = readTemplate(format.form, format.ignoreCase);
  const random = randomOf(seed);
  for (let tries = 0; tries < 50; tries += 1) {
    const value = example(random);
    if (format.verify?.(value) !== false) return value;
  }
  throw new Error(`no example of ${format.id} passes its own check`);
}

describe("token formats", () => {
  it("covers at least 120, each with one id and a source", () => {
    expect(formats.length).toBeGreaterThanOrEqual(120);
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
    expect(formats.filter(({ source }) => !/^https:\/\//.test(source))).toEqual([]);
  });
  it.each(formats.map((format) => [format.id, format] as const))(
    "%s: found alone and in a sentence, not inside a longer word",
    (id, format) => {
      const value = exampleOf(format, 11);
      const siblings = new Set(
        formats.filter(({ form }) => form.slice(0, 4) === format.form.slice(0, 4)).map((other) => other.id),
      );
      const isFound = (text: string) => kindsIn(text).some((kind) => kind === id || siblings.has(kind));
      expect(isFound(value)).toBe(true);
      expect(isFound(`request with ${value}, then 403`)).toBe(true);
      expect(isFound(`x9${value}`)).toBe(false);
    },
  );
  it.each(formats.filter(({ form }) => /\{\w+:\d+\}$/.test(form)).map((format) => [format.id, format] as const))(
    "%s: one character more or less is another thing",
    (id, format) => {
      const value = exampleOf(format, 12);
      expect(kindsIn(value.slice(0, -1))).not.toContain(id);
      expect(kindsIn(`${value}a`)).not.toContain(id);
    },
  );
  it.each(formats.map((format) => [format.id, format] as const))("%s: a stand-in passes", (_id, format) => {
    const value = exampleOf(format, 13);
    const { prefix } = readTemplate(format.form, format.ignoreCase);
    expect(kindsIn(value.slice(0, prefix) + "x".repeat(Math.max(8, value.length - prefix)))).toEqual([]);
  });
});
