/** The scenario format, the same in `widget.json`, in `sandglass.config.ts` and in YAML. */
import { z } from "zod";
import { expectationSchema } from "./expectation.ts";
import { anyObject, choice, flag, text, textByName } from "./fields.ts";
import { CHOSEN_TRIALS } from "../model/evidence.ts";
import { whyNotPattern, type AddressComponent } from "../model/address-pattern.ts";

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

const mockSchema = z
  .strictObject(
    {
      url: z
        .union([text, addressPatternSchema])
        .describe("Address that is answered; `*` matches any run of characters. Or URLPattern components."),
      method: text.describe("Only for this method. Default: every one.").exactOptional(),
      status: z
        .number({ error: "must be an HTTP status" })
        .int("must be whole")
        .min(100, "must be an HTTP status")
        .max(599, "must be an HTTP status")
        .describe("HTTP status. Default 200.")
        .exactOptional(),
      headers: textByName("header names to text").describe("Headers of the answer.").exactOptional(),
      json: z.unknown().describe("Body, as JSON. Give one of `json`, `body` and `file`, or none.").exactOptional(),
      body: z.string({ error: "must be text; use json for an object" }).describe("Body, as text.").exactOptional(),
      file: text
        .describe("Body, from a file beside the one that names it; a folder when `url` ends in `*`.")
        .exactOptional(),
      delayMs: milliseconds.describe("Milliseconds before the answer. Default 0.").exactOptional(),
    },
    { error: "must be an object with url" },
  )
  .superRefine((mock, context) => {
    const given = answers.filter((name) => mock[name] !== undefined);
    if (given.length > 1)
      context.addIssue({ code: "custom", message: `has ${given.join(" and ")}; give one of json, body and file` });
  })
  .meta({ id: "mock", description: "An answer for an allowed request." });

const locator = text.describe('Playwright locator, e.g. `role=button[name="Next"]`.');

const stepSchema = z
  .union(
    [
      z.strictObject({ click: locator }),
      z.strictObject({ fill: locator, value: z.string() }),
      z.strictObject({ press: locator, key: text.describe("As Playwright names it, e.g. `Enter`.") }),
      z.strictObject({
        waitFor: locator,
        timeoutMs: milliseconds.describe("Longest wait, milliseconds.").exactOptional(),
      }),
      z.strictObject({ expect: expectationSchema }),
    ],
    { error: "must be one of { click }, { fill, value }, { press, key }, { waitFor, timeoutMs? }, { expect }" },
  )
  .meta({
    id: "step",
    description:
      "A user action: `{ click }`, `{ fill, value }`, `{ press, key }` or `{ waitFor, timeoutMs }`; or `{ expect }`: what is to be seen by then.",
  });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const languageTag = z
  .string({ error: "must be a language tag such as en-US" })
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag such as en-US");

const contextSchema = z
  .strictObject(
    {
      theme: choice(["light", "dark"]).describe("Colour theme of the host.").exactOptional(),
      displayMode: choice(["inline", "fullscreen", "pip"]).describe("How the widget is shown.").exactOptional(),
      locale: languageTag.describe("Language tag, e.g. `en-US`.").exactOptional(),
      languages: z
        .array(languageTag, { error: "must be a list of language tags" })
        .min(1, "must hold at least one")
        .max(20, "must hold at most 20")
        .describe("Languages of the user's browser, the preferred one first. Default: `locale` alone.")
        .exactOptional(),
      device: choice(["desktop", "tablet", "mobile"]).describe("Device that the host reports.").exactOptional(),
      width: pixels
        .min(1, "must be at least 1")
        .max(10_000, "must be at most 10000")
        .describe("Width of the widget's frame, CSS pixels.")
        .exactOptional(),
      touch: flag.describe("Whether the device has a touch screen.").exactOptional(),
      timeZone: z
        .string({ error: "must be a time zone such as Europe/Berlin" })
        .refine(isTimeZone, "must be a time zone such as Europe/Berlin")
        .describe("Time zone of the user, e.g. `Europe/Berlin`.")
        .exactOptional(),
      maxHeight: pixels
        .min(1, "must be at least 1")
        .max(10_000, "must be at most 10000")
        .describe("Height of the container, CSS pixels. Default: what the host says.")
        .exactOptional(),
      reducedMotion: flag.describe("Whether the user prefers reduced motion.").exactOptional(),
      contrast: choice(["no-preference", "more"]).describe("Contrast that the user prefers.").exactOptional(),
      safeArea: z
        .strictObject(
          { top: pixels, right: pixels, bottom: pixels, left: pixels },
          { error: "must be an object of top, right, bottom and left" },
        )
        .describe("Insets that the device covers: `top`, `right`, `bottom` and `left`, CSS pixels.")
        .exactOptional(),
    },
    { error: "must be an object" },
  )
  .meta({ id: "context", description: "What the host says of itself." });

/** One scenario, without its name. */
export const scenarioSchema = z
  .strictObject(
    {
      toolInput: z
        .unknown()
        .describe("Arguments of the tool; sent to the real one when there is a server.")
        .exactOptional(),
      toolOutput: z
        .unknown()
        .describe("The result's `structuredContent`; with a server it stands in for the call.")
        .exactOptional(),
      content: z
        .array(z.unknown(), { error: "must be a list of content blocks" })
        .describe("The result's `content` blocks.")
        .exactOptional(),
      _meta: z.unknown().describe("The result's `_meta`, seen by the widget alone.").exactOptional(),
      isError: flag.describe("Whether the tool failed. Default false.").exactOptional(),
      widgetState: z.unknown().describe("State that the widget kept earlier. Default: none.").exactOptional(),
      context: contextSchema.exactOptional(),
      mocks: z
        .array(mockSchema, { error: "must be a list" })
        .describe("Answers for allowed requests; the first that matches is given.")
        .exactOptional(),
      steps: z
        .array(stepSchema, { error: "must be a list" })
        .describe("User actions, in order, once the widget has settled.")
        .exactOptional(),
      expect: z
        .array(expectationSchema, { error: "must be a list" })
        .min(1, "must expect something")
        .describe("What is to be seen when the main trial is over; `check` fails where it is not.")
        .exactOptional(),
      again: z
        .strictObject(
          {
            toolOutput: z.unknown().describe("Its `structuredContent`.").exactOptional(),
            content: z
              .array(z.unknown(), { error: "must be a list of content blocks" })
              .describe("Its `content` blocks.")
              .exactOptional(),
            _meta: z.unknown().describe("Its `_meta`.").exactOptional(),
          },
          { error: "must be an object of toolOutput, content and _meta" },
        )
        .describe("A second result, given once the first is shown; what it leaves out is as in the first.")
        .exactOptional(),
      stream: z
        .array(anyObject, { error: "must be a list of objects" })
        .describe(
          "Parts of `toolInput`, in the order in which the host sends them before the whole (trial `stream`). Default: made of `toolInput`.",
        )
        .exactOptional(),
      resize: z
        .strictObject(
          {
            theme: choice(["light", "dark"]).describe("Colour theme from then on.").exactOptional(),
            displayMode: choice(["inline", "fullscreen", "pip"]).describe("Display mode from then on.").exactOptional(),
            width: pixels
              .min(1, "must be at least 1")
              .max(10_000, "must be at most 10000")
              .describe("Width from then on, CSS pixels.")
              .exactOptional(),
          },
          { error: "must be an object of theme, displayMode and width" },
        )
        .describe(
          "What changes while the widget is there (trial `resize`). Default: the other theme, and fullscreen, or a width of 375.",
        )
        .exactOptional(),
      trials: z
        .array(choice(CHOSEN_TRIALS), { error: `must be a list of ${CHOSEN_TRIALS.join(", ")}` })
        .describe(
          `Trials of \`check\` beside the others, of ${CHOSEN_TRIALS.map((name) => `\`${name}\``).join(", ")}. Default: none, or those of \`again\`, \`stream\` and \`resize\` that the scenario describes.`,
        )
        .exactOptional(),
      gated: flag
        .describe("Hold the tool's result back until the widget has seen a null `toolOutput`. Default false.")
        .exactOptional(),
      expects: z
        .literal("unchanged", { error: "must be unchanged" })
        .describe("`unchanged`: the widget is meant to show the same with its result as without.")
        .exactOptional(),
      prompt: text
        .describe("What a user says that leads to it, for the test cases of `sandglass ready --draft`.")
        .exactOptional(),
      tools: anyObject.describe("Tool name → result of `tools/call`, when there is no server.").exactOptional(),
    },
    { error: "must be an object" },
  )
  .meta({ id: "scenario", description: "What the widget is given, and what is done with it." });

/** Scenario name to scenario. */
export const scenariosSchema = z
  .record(z.string().min(1, "a scenario needs a name"), scenarioSchema, {
    error: "must map scenario names to scenarios",
  })
  .refine((scenarios) => Object.keys(scenarios).length > 0, "must hold at least one scenario");

/** Scenarios in place, or the path of a YAML or JSON file that holds them. */
export const scenariosOrFileSchema = z.union([text, scenariosSchema]);
