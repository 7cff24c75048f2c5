/** The scenario format, the same in `widget.json`, in `sandglass.config.ts` and in YAML. */
import { z } from "zod";
import { whyNotPattern, type AddressComponent } from "../model/address-pattern.ts";

const text = z.string({ error: "must be text" }).min(1, "must not be empty");
const anyObject = z.record(z.string(), z.unknown(), { error: "must be an object" });
const choice = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });
const pixels = z.number({ error: "must be a number of CSS pixels" }).nonnegative("must not be negative");
const milliseconds = z
  .number({ error: "must be a number of milliseconds" })
  .int("must be whole")
  .nonnegative("must not be negative")
  .max(60_000, "must be at most 60000");

const pattern = (component: AddressComponent) =>
  z
    .string({ error: "must be text" })
    .superRefine((written, context) => {
      const message = whyNotPattern(component, written);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .exactOptional();

/** A request's address by component, as a URLPattern; one that is left out matches anything. */
const addressPatternSchema = z.strictObject(
  {
    protocol: pattern("protocol"),
    hostname: pattern("hostname"),
    port: pattern("port"),
    pathname: pattern("pathname"),
    search: pattern("search"),
  },
  { error: "must be an address, or an object of protocol, hostname, port, pathname and search" },
);

const answers = ["json", "body", "file"] as const;

/** An answer for an allowed request; of `json`, `body` and `file` at most one. */
export const mockSchema = z
  .strictObject(
    {
      url: z.union([text, addressPatternSchema]),
      method: text.exactOptional(),
      status: z
        .number({ error: "must be an HTTP status" })
        .int("must be whole")
        .min(100, "must be an HTTP status")
        .max(599, "must be an HTTP status")
        .exactOptional(),
      headers: z
        .record(z.string(), z.string({ error: "must be text" }), { error: "must map header names to text" })
        .exactOptional(),
      json: z.unknown().exactOptional(),
      body: z.string({ error: "must be text; use json for an object" }).exactOptional(),
      file: text.exactOptional(),
      delayMs: milliseconds.exactOptional(),
    },
    { error: "must be an object with url" },
  )
  .superRefine((mock, context) => {
    const given = answers.filter((name) => mock[name] !== undefined);
    if (given.length > 1)
      context.addIssue({ code: "custom", message: `has ${given.join(" and ")}; give one of json, body and file` });
  });

const stepForms = [
  z.strictObject({ click: text }),
  z.strictObject({ fill: text, value: z.string() }),
  z.strictObject({ press: text, key: text }),
  z.strictObject({ waitFor: text, timeoutMs: milliseconds.exactOptional() }),
] as const;

/** A user action; the string is a Playwright locator, e.g. `role=button[name="Next"]`. */
export const stepSchema = z.union(stepForms, {
  error: "must be one of { click }, { fill, value }, { press, key }, { waitFor, timeoutMs? }",
});

export const contextSchema = z.strictObject(
  {
    theme: choice(["light", "dark"]).exactOptional(),
    displayMode: choice(["inline", "fullscreen", "pip"]).exactOptional(),
    locale: z
      .string({ error: "must be a language tag such as en-US" })
      .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag such as en-US")
      .exactOptional(),
    device: choice(["desktop", "tablet", "mobile"]).exactOptional(),
    width: pixels.min(1, "must be at least 1").max(10_000, "must be at most 10000").exactOptional(),
    touch: z.boolean({ error: "must be true or false" }).exactOptional(),
    safeArea: z
      .strictObject(
        { top: pixels, right: pixels, bottom: pixels, left: pixels },
        { error: "must be an object of top, right, bottom and left" },
      )
      .exactOptional(),
  },
  { error: "must be an object" },
);

/** One scenario, without its name. */
export const scenarioSchema = z.strictObject(
  {
    toolInput: z.unknown().exactOptional(),
    toolOutput: z.unknown().exactOptional(),
    content: z.array(z.unknown(), { error: "must be a list of content blocks" }).exactOptional(),
    _meta: z.unknown().exactOptional(),
    isError: z.boolean({ error: "must be true or false" }).exactOptional(),
    widgetState: z.unknown().exactOptional(),
    context: contextSchema.exactOptional(),
    mocks: z.array(mockSchema, { error: "must be a list" }).exactOptional(),
    steps: z.array(stepSchema, { error: "must be a list" }).exactOptional(),
    gated: z.boolean({ error: "must be true or false" }).exactOptional(),
    tools: anyObject.exactOptional(),
  },
  { error: "must be an object" },
);
export type ScenarioInput = z.infer<typeof scenarioSchema>;

/** Scenario name to scenario. */
export const scenariosSchema = z
  .record(z.string().min(1, "a scenario needs a name"), scenarioSchema, {
    error: "must map scenario names to scenarios",
  })
  .refine((scenarios) => Object.keys(scenarios).length > 0, "must hold at least one scenario");
export type ScenariosInput = z.infer<typeof scenariosSchema>;

/** Scenarios in place, or the path of a YAML or JSON file that holds them. */
export const scenariosOrFileSchema = z.union([text, scenariosSchema]);
