/** A user's own host profile: a file that says in what it differs from a built-in one. */
import { z } from "zod";
import { profileById, profileIds, profiles } from "../../host/profiles/index.ts";
import type { BridgeFacts, ContextField, FrameFacts, HostProfile, Sourced } from "../../host/profiles/types.ts";
import { SandglassError } from "../model/errors.ts";
import { evaluateModule, isModule } from "./module-file.ts";
import { policyTemplate } from "./policy-text.ts";
import { checkShape, describeProblems, withoutUndefined } from "./problems.ts";
import { readDataFile } from "./scenario-file.ts";

const text = z.string({ error: "must be text" });
const texts = z.array(text, { error: "must be a list of texts" });
const nameAndVersion = z.strictObject(
  { name: text, version: text },
  { error: "must be an object of name and version" },
);
const displayModes = z.array(z.enum(["inline", "fullscreen", "pip"], { error: "must be inline, fullscreen or pip" }), {
  error: "must be a list",
});
const day = text.regex(
  /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/,
  "must be a date such as 2026-11 or 2026-11-23",
);
const origin = text.refine(isWebOrigin, "must be an origin such as https://chatgpt.com");
/** Names alone: under numbers no other name can stand. */
const hostName = text.regex(
  /^(?!.*(?:^|\.)\d+$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
  "must be a host name such as web-sandbox.example.com",
);
const tokens = z.array(text.regex(/^allow-[a-z-]+$/, "must be a sandbox token such as allow-scripts"), {
  error: "must be a list of sandbox tokens",
});
const height = z.number().positive().nullable();
const confidence = z.enum(["high", "medium", "low", "unknown"], { error: "must be high, medium, low or unknown" });
/** Pixels, or the frame's own. */
const extent = z.union([z.number().positive(), z.literal("frame")]).exactOptional();
const CONTEXT_FIELDS = [
  "toolInfo",
  "theme",
  "styles",
  "displayMode",
  "availableDisplayModes",
  "containerDimensions",
  "locale",
  "timeZone",
  "userAgent",
  "platform",
  "deviceCapabilities",
  "safeAreaInsets",
] as const satisfies readonly ContextField[];

/** A value, or a value with its own provenance. */
const fact = <T extends z.ZodType>(value: T) =>
  z
    .union([z.strictObject({ value, source: text, seen: day, confidence, note: text.exactOptional() }), value])
    .exactOptional();

const directive = z.strictObject({
  name: text,
  sources: texts,
  fallback: text.exactOptional(),
  valueless: z.boolean().exactOptional(),
  undeclared: texts.nullable().exactOptional(),
});
/** A policy as text, with `{resource}`, `{connect}`, `{frame}`, `{base}` and `{server}` for the lists; or as directives. */
const policy = z.union([text, z.array(directive), z.null()], {
  error: "must be a policy text, a list of directives, or null for none",
});

const profileSchema = z.strictObject(
  {
    $schema: text.exactOptional(),
    id: text.regex(/^[a-z0-9][a-z0-9-]{0,40}$/, "must be lower-case letters, digits and dashes"),
    extends: z.enum(profileIds, { error: `must be one of ${profileIds.join(", ")}` }),
    title: text.exactOptional(),
    summary: text.exactOptional(),
    badge: text.exactOptional(),
    /** Provenance of every plain value below. */
    source: text.exactOptional(),
    seen: day.exactOptional(),
    cspKeys: fact(
      z
        .array(z.enum(["openai/widgetCSP", "ui.csp"], { error: "must be openai/widgetCSP or ui.csp" }), {
          error: "must be a list",
        })
        .min(1, "must name a key"),
    ),
    whenUndeclared: fact(z.enum(profileIds, { error: "must be a built-in profile or null" }).nullable()),
    entryFilter: fact(
      z.enum(["literal", "https-only", "no-wildcards", "origins", "upgraded"], {
        error: "must be literal, https-only, no-wildcards, origins or upgraded",
      }),
    ),
    keysRead: fact(texts),
    innerPolicy: fact(policy),
    declarationRequired: fact(z.boolean({ error: "must be true or false" })),
    frames: z
      .strictObject({
        topOrigin: fact(origin),
        sandboxSuffix: fact(hostName),
        sandboxQuery: fact(z.record(z.string(), text)),
        outerPolicy: fact(policy),
        outerHeaderSandbox: fact(tokens.nullable()),
        outerSandbox: fact(tokens),
        outerAllow: fact(text),
        innerSandbox: fact(tokens),
        declaredDomain: fact(z.enum(["used", "refused", "ignored"], { error: "must be used, refused or ignored" })),
        refusedFeatures: fact(texts),
        innerDelivery: fact(z.enum(["meta", "header"], { error: "must be meta or header" })),
      })
      .exactOptional(),
    bridge: z
      .strictObject({
        hostInfo: fact(nameAndVersion),
        hostCapabilities: fact(z.record(z.string(), z.unknown())),
        userAgent: fact(text),
        availableDisplayModes: fact(displayModes),
        containerDimensions: fact(
          z.strictObject({ height: extent, maxHeight: extent, width: extent, maxWidth: extent }),
        ),
        heightRange: fact(
          z
            .strictObject({ min: height, max: height })
            .refine(({ min, max }) => min === null || max === null || min <= max, "must have its min below its max"),
        ),
        contextFields: fact(z.array(z.enum(CONTEXT_FIELDS))),
        styles: fact(
          z.strictObject({ light: z.record(z.string(), text), dark: z.record(z.string(), text) }).nullable(),
        ),
        openaiMissing: fact(texts),
        partialInput: fact(z.boolean({ error: "must be true or false" })),
        cancelled: fact(z.boolean({ error: "must be true or false" })),
        linkSchemes: fact(texts.nullable()),
        unreportedHeight: fact(height),
        windowOpenai: fact(z.boolean({ error: "must be true or false" })),
        resultDelivery: fact(z.enum(["may-be-late", "at-mount"], { error: "must be may-be-late or at-mount" })),
        deliveredResult: fact(z.enum(["whole", "content-only"], { error: "must be whole or content-only" })),
        failedToolCall: fact(z.enum(["throw", "return"], { error: "must be throw or return" })),
        displayModeOutsideGesture: fact(z.enum(["undefined", "granted"], { error: "must be undefined or granted" })),
        safeLinkDialog: fact(z.boolean({ error: "must be true or false" })),
        clientInfo: fact(nameAndVersion),
      })
      .exactOptional(),
  },
  { error: "must be an object with id and extends" },
);
function isWebOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

type ProfileInput = z.infer<typeof profileSchema>;

const NEXT = "Correct the profile; `extends` names the built-in one it starts from.";

/** Reads `*.json`, `*.yaml` or a `*.ts` default export. @throws SandglassError `BAD_CONFIG` */
export async function loadProfileFile(file: string, shown: string): Promise<HostProfile> {
  const written = isModule(file)
    ? moduleShape(await evaluateModule(file, shown, {}), shown)
    : await readDataFile(file, shown, profileSchema, "BAD_CONFIG", NEXT);
  if (profileById(written.id))
    throw new SandglassError(
      "BAD_CONFIG",
      `${shown}: $.id: "${written.id}" is the id of a built-in profile.`,
      "Give your profile an id of its own.",
    );
  return profileFrom(written, shown);
}

function moduleShape(value: unknown, shown: string): ProfileInput {
  const parsed = checkShape(withoutUndefined(value), profileSchema);
  if (!parsed.ok) throw new SandglassError("BAD_CONFIG", describeProblems(shown, parsed.problems), NEXT);
  return parsed.value;
}

function profileFrom(written: ProfileInput, shown: string): HostProfile {
  const start: HostProfile = profiles[written.extends];
  const { whenDeclared, isSpecification: _, ...base } = start;
  const origin: Origin = { source: written.source ?? shown, seen: written.seen ?? "", confidence: "low" };
  const {
    id,
    title,
    summary,
    badge,
    frames,
    bridge,
    whenUndeclared,
    cspKeys,
    entryFilter,
    innerPolicy,
    declarationRequired,
    keysRead,
  } = written;
  return {
    ...base,
    ...(facts(
      {
        cspKeys,
        keysRead,
        entryFilter,
        innerPolicy,
        declarationRequired,
        whenUndeclared: undeclaredOf(whenUndeclared, innerPolicy),
      },
      origin,
    ) as Partial<HostProfile>),
    id,
    title: title ?? id,
    summary: summary ?? `${base.title}, changed by ${shown}.`,
    ...(badge === undefined ? {} : { badge }),
    // A policy of one's own says itself which lists feed it.
    ...(whenDeclared === undefined || innerPolicy !== undefined ? {} : { whenDeclared }),
    frames: { ...base.frames, ...(facts(frames ?? {}, origin) as Partial<FrameFacts>) },
    bridge: { ...base.bridge, ...(facts(bridge ?? {}, origin) as Partial<BridgeFacts>) },
  };
}

/** A policy of one's own also holds for widgets that declare nothing, unless the file says otherwise. */
function undeclaredOf(whenUndeclared: unknown, innerPolicy: unknown): unknown {
  return whenUndeclared === undefined && innerPolicy !== undefined ? null : whenUndeclared;
}

type Origin = Omit<Sourced<unknown>, "value" | "note">;

/** Every written value as a fact; policies written as text become directives. The schema has checked the types. */
function facts(written: Readonly<Record<string, unknown>>, origin: Origin): Record<string, Sourced<unknown>> {
  return Object.fromEntries(
    Object.entries(written)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const fact = isFact(value) ? value : { value, ...origin };
        return [
          name,
          name.endsWith("Policy") && typeof fact.value === "string"
            ? { ...fact, value: policyTemplate(fact.value) }
            : fact,
        ];
      }),
  );
}

function isFact(value: unknown): value is Sourced<unknown> {
  return typeof value === "object" && value !== null && "value" in value && "source" in value;
}
