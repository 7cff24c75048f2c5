/** Fields that several schemas are made of, with messages for people. */
import { z } from "zod";

export const text = z.string({ error: "must be text" }).min(1, "must not be empty");
export const texts = z.array(text, { error: "must be a list of texts" });
export const flag = z.boolean({ error: "must be true or false" });
export const anyObject = z.record(z.string(), z.unknown(), { error: "must be an object" });
export const textByName = (what: string) =>
  z.record(z.string(), z.string({ error: "must be text" }), { error: `must map ${what}` });

/** One of these words. */
export const choice = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

/** A whole number, both ends included. */
export const whole = (least: number, most: number) =>
  z
    .int({ error: "must be a whole number" })
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** Where an editor finds the JSON Schema of the file. */
export const schemaAddress = z
  .string({ error: "must be text" })
  .describe("Address of the JSON Schema, for editors: `./node_modules/sandglass/schema.json`.");
