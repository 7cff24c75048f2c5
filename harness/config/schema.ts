/** The shape of a config file, checked; `SandglassConfig` says the same in words. */
import { z } from "zod";
import { scenariosOrFileSchema } from "./scenario.ts";

const text = z.string({ error: "must be text" }).min(1, "must not be empty");
const texts = z.array(text, { error: "must be a list of texts" });
const whole = (least: number, most: number) =>
  z
    .int({ error: "must be a whole number" })
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date such as 2027-01-31");

const allowed = z.strictObject(
  {
    fingerprint: z
      .string({ error: "must be the fingerprint that a report prints" })
      .regex(/^[0-9a-f]{16}$/, "must be the 16 hex digits that a report prints"),
    reason: z
      .string({ error: "is needed: say why the finding may stand" })
      .trim()
      .min(1, "is needed: say why the finding may stand"),
    expires: day.exactOptional(),
  },
  { error: "must be an object of fingerprint and reason" },
);

export const configSchema = z.strictObject(
  {
    $schema: z.string().exactOptional(),
    targets: texts.exactOptional(),
    mcp: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).exactOptional(),
    mcpStdio: text.exactOptional(),
    allowCalls: z.boolean({ error: "must be true or false" }).exactOptional(),
    mcpHeaders: z
      .record(z.string(), z.string({ error: "must be text" }), { error: "must map header names to text" })
      .exactOptional(),
    profile: z
      .union([text, texts.min(1, "must name a profile")], { error: "must be a profile id or a list of them" })
      .exactOptional(),
    profiles: texts.exactOptional(),
    assume: z
      .record(z.string(), z.string({ error: "must be text" }), { error: "must map names of contested facts to values" })
      .exactOptional(),
    scenarios: z
      .record(z.string(), scenariosOrFileSchema, { error: "must map tool or widget names to scenarios" })
      .exactOptional(),
    failOn: z.enum(["error", "warning"], { error: "must be error or warning" }).exactOptional(),
    allow: z.array(allowed, { error: "must be a list" }).exactOptional(),
    checks: z
      .record(
        z.string().regex(/^[a-z]+\/[a-z-]+$/),
        z.enum(["off", "error", "warning", "info"], { error: "must be off, error, warning or info" }),
        { error: "must map check ids to off, error, warning or info" },
      )
      .exactOptional(),
    personalData: z.boolean({ error: "must be true or false" }).exactOptional(),
    limits: z
      .strictObject(
        {
          runMs: whole(500, 600_000).exactOptional(),
          quietMs: whole(50, 60_000).exactOptional(),
          records: whole(10, 100_000).exactOptional(),
        },
        { error: "must be an object" },
      )
      .exactOptional(),
  },
  { error: "must be an object: export default defineConfig({ … })" },
);
