/** Reads a measurement: from a file, or from what a person pasted, with words around it. */
import { z } from "zod";
import { isNestedDeeper, MOST_LEVELS } from "../model/depth.ts";
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
  size: z
    .looseObject({
      start: z.tuple([z.number(), z.number()]),
      settled: z.tuple([z.number(), z.number()]),
      given: z.record(z.string().regex(/^\d{1,6}$/), z.number().nonnegative()),
    })
    .exactOptional(),
  calls: texts.exactOptional(),
  kept: z.record(z.string(), z.number()).exactOptional(),
  presses: texts,
});

const measurement = z.looseObject({
  kind: z.literal("sandglass-measurement"),
  schemaVersion: z.literal(1),
  date: z.iso.date(),
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
  const json = text.slice(Math.max(0, start), end + 1);
  if (isNestedDeeper(json, MOST_LEVELS))
    throw new SandglassError(
      "BAD_EVIDENCE",
      `${shown} holds no measurement: it is nested more than ${MOST_LEVELS} levels deep.`,
      NEXT,
    );
  let value: unknown;
  try {
    value = JSON.parse(json);
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
