/** Reads a measurement: from a file, or from what a person pasted, with words around it. */
import { z } from "zod";
import { SandglassError } from "../model/errors.ts";
import type { Measurement } from "../model/measurement.ts";

const texts = z.record(z.string(), z.string());
const json = z.json();
const nameAndVersion = z.looseObject({ name: z.string(), version: z.string() });

const facts = z.looseObject({
  document: z.looseObject({
    origin: z.string(),
    query: texts,
    ancestors: z.array(z.string()).nullable(),
    referrer: z.string(),
    secure: z.boolean(),
    isolated: z.boolean(),
    standardsMode: z.boolean(),
    parentReachable: z.boolean(),
    sandbox: z.array(z.string()).nullable(),
    allow: z.string().nullable(),
    headers: texts.exactOptional(),
  }),
  policies: z
    .array(
      z.looseObject({
        text: z.string(),
        delivery: z.enum(["meta", "header"]),
        disposition: z.enum(["enforce", "report"]),
      }),
    )
    .exactOptional(),
  cells: z.record(z.string(), z.enum(["passed", "blocked"])).exactOptional(),
  features: z.array(z.string()).nullable(),
  storage: texts.exactOptional(),
  openai: texts.nullable(),
  bridge: z
    .looseObject({
      protocolVersion: z.string(),
      hostInfo: nameAndVersion,
      hostCapabilities: json,
      hostContext: z.record(z.string(), json),
      handshakeMs: z.number(),
    })
    .nullable(),
  delivery: z.looseObject({
    order: z.array(z.looseObject({ name: z.string(), atMs: z.number() })),
    result: z.array(z.string()).nullable(),
    globals: z.looseObject({ start: z.array(z.string()), end: z.array(z.string()) }).nullable(),
  }),
  calls: texts.exactOptional(),
  presses: texts,
});

const measurement = z.looseObject({
  kind: z.literal("sandglass-measurement"),
  schemaVersion: z.literal(1),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  sandglass: z.string(),
  browser: z.string(),
  attempts: z.boolean(),
  declared: z.record(z.string(), z.unknown()),
  client: z.looseObject({ name: z.string(), version: z.string(), ui: z.boolean() }).exactOptional(),
  facts,
});

const NEXT = "Copy the whole text that the widget shows, from its first brace to its last.";

/** @param shown what the text is called in messages. @throws SandglassError `BAD_EVIDENCE` */
export function readMeasurement(text: string, shown: string): Measurement {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  let value: unknown;
  try {
    value = JSON.parse(text.slice(Math.max(0, start), end + 1));
  } catch (error) {
    throw new SandglassError("BAD_EVIDENCE", `${shown} holds no measurement: it is not JSON.`, NEXT, { cause: error });
  }
  const parsed = measurement.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SandglassError(
    "BAD_EVIDENCE",
    `${shown} holds no measurement: ${issue?.path.join(".") || "its beginning"}: ${issue?.message ?? "another form"}.`,
    NEXT,
  );
}
