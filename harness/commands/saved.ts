/** Reads what was written to files earlier: results and evidence. A damaged file is named, with the place of the damage. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { SandglassError, messageOf } from "../model/errors.ts";
import type { ArtifactName, Evidence } from "../model/evidence.ts";
import type { ServerEvidence } from "../model/evidence/server.ts";
import type { RunResult } from "../model/result.ts";

const strings = z.array(z.string());
const things = z.array(z.looseObject({}));
const phases = z.record(z.string(), z.number()).optional();
const verdict = z.enum(["pass", "fail", "incomplete"]);
const severity = z.enum(["error", "warning", "info"]);
const browser = z.looseObject({ name: z.string(), version: z.string() });
const where = z.looseObject({ url: z.string() }).optional();
const attempts = z.array(
  z.looseObject({
    url: z.string(),
    origin: z.string(),
    kind: z.string(),
    outcome: z.enum(["allowed", "blocked-by-csp", "blocked-by-sandbox", "failed"]),
    count: z.number(),
    channels: strings,
    where,
  }),
);
const finding = z.looseObject({
  messageId: z.string(),
  message: z.string(),
  fingerprint: z.string(),
  data: z.looseObject({}),
  where,
});

const note = z.looseObject({ id: z.string(), data: z.looseObject({}), message: z.string() });

const checkResults = z.array(
  z.looseObject({
    id: z.string(),
    title: z.string(),
    severity,
    outcome: z.enum(["pass", "fail", "review", "inapplicable", "error"]),
    findings: z.array(finding),
    reason: note.optional(),
    suppressed: z.array(z.looseObject({ finding, reason: z.string() })).optional(),
  }),
);

const trialState = z.looseObject({ trial: z.string(), outcome: z.enum(["ran", "not-run"]) });

const share = z.looseObject({ ran: z.number(), of: z.number() });
const shares = z.looseObject({ characters: share, functions: share });
const coveredFiles = z.array(z.looseObject({ file: z.string(), characters: share, functions: share }));

/** As deep as reports look at a server. */
const serverRun = z.looseObject({
  server: z.string(),
  transport: z.string(),
  tools: z.number(),
  profiles: strings,
  verdict,
  checks: checkResults,
});

const codeCoverage = z.looseObject({
  own: shares.nullable(),
  bundled: shares.nullable(),
  packages: shares.nullable(),
  refusedInPackages: z.number(),
  files: coveredFiles,
});

/** As deep as reports look. */
const result = z.looseObject({
  schemaVersion: z.literal(1),
  tool: z.looseObject({ version: z.string() }),
  browser,
  verdict,
  headlines: strings,
  allowlist: things,
  servers: z.array(serverRun).optional(),
  versions: things.optional(),
  oldHosts: z
    .array(z.looseObject({ profile: z.string(), title: z.string(), seen: z.string(), ageDays: z.number() }))
    .optional(),
  runs: z.array(
    z.looseObject({
      widget: z.string(),
      source: z.looseObject({ kind: z.string() }),
      profile: z.string(),
      appliedProfile: z.string(),
      scenario: z.string(),
      durationMs: z.number(),
      phases,
      verdict,
      ended: z.string(),
      checks: checkResults,
      directives: z.array(
        z.looseObject({
          directive: z.string(),
          requested: strings,
          effective: z.string(),
          observed: z.looseObject({ allowed: strings, blocked: strings }),
        }),
      ),
      network: attempts,
      apiUses: things,
      console: things,
      notes: z.array(note),
      trials: z.array(trialState).optional(),
      coverage: codeCoverage.optional(),
    }),
  ),
});

/** As deep as the judge looks before any check; a check that stumbles over the rest costs itself alone. */
const values = {
  policy: z.looseObject({
    requested: z.string(),
    applied: z.string(),
    declared: z.looseObject({ connect: strings, resource: strings, frame: strings, redirect: strings, base: strings }),
    problems: things,
    effective: z.array(z.looseObject({ layer: z.string(), value: z.string() })),
    assumptions: z.record(z.string(), z.string()),
  }),
  network: attempts,
  apiUses: things,
  console: things,
  bridge: z.looseObject({
    handshake: z.string(),
    messages: things,
    violations: things,
    toolCalls: things,
    externalLinks: things,
  }),
  document: z.looseObject({ ended: z.string(), origin: z.string(), answers: z.looseObject({}), caps: things }),
  props: z.looseObject({ detections: things, sizes: z.looseObject({}), limits: things }),
  bundle: z.looseObject({ files: things, urls: things, uses: things }),
} as const satisfies Record<Exclude<ArtifactName, "trials" | "coverage" | "pictures" | "expectations">, z.ZodType>;
const trials = z.looseObject({
  states: z.array(trialState),
  renderings: z.array(z.looseObject({ trial: z.string(), round: z.number(), ended: z.string() })),
  result: z.looseObject({ carries: z.boolean(), words: strings }),
  sites: z.looseObject({ earlyReads: things, handlers: things }),
});
const gathered = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion("status", [
    z.looseObject({ status: z.literal("ok"), value }),
    z.looseObject({ status: z.literal("failed"), error: z.looseObject({ code: z.string(), message: z.string() }) }),
  ]);
/** As deep as the judge looks before any server check. */
const serverEvidence = z.looseObject({
  schemaVersion: z.literal(1),
  server: z.string(),
  profiles: strings,
  artifacts: z.looseObject({
    identity: gathered(z.looseObject({ name: z.string(), version: z.string() })),
    tools: gathered(z.looseObject({ entries: things })),
    resources: gathered(z.looseObject({ reads: things })),
    calls: gathered(things),
    transport: gathered(z.looseObject({ kind: z.string() })),
  }),
});
const evidence = z.looseObject({
  schemaVersion: z.literal(1),
  widget: z.string(),
  source: z.looseObject({ kind: z.string() }),
  profile: z.string(),
  scenario: z.string(),
  browser,
  durationMs: z.number(),
  phases,
  artifacts: z.looseObject({
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, gathered(value)])),
    trials: gathered(trials).optional(),
    coverage: gathered(z.looseObject({ files: coveredFiles })).optional(),
    pictures: gathered(z.looseObject({ mayDiffer: z.number(), compared: things })).optional(),
    expectations: gathered(
      z.looseObject({ asked: things, screen: z.looseObject({ text: z.string(), elements: things }).nullable() }),
    ).optional(),
  }),
});

/** @throws SandglassError `BAD_EVIDENCE` */
export const readResult = async (path: string, name: string): Promise<RunResult> =>
  (await read(
    path,
    result,
    `${name} cannot be merged`,
    "Name files that `sandglass check --format json=FILE` wrote.",
  )) as RunResult;

/** @throws SandglassError `BAD_EVIDENCE` */
export const readOneEvidence = async (path: string, name: string): Promise<Evidence> =>
  (await read(
    path,
    evidence,
    `${name} cannot be judged`,
    "Make it with `sandglass check --save-evidence DIR`.",
  )) as Evidence;

type ServerEvidenceArtifacts = ServerEvidence["artifacts"];
type AskedArtifact = "probes" | "clients" | "auth" | "snapshot";
/** What was asked beside is in no evidence of before. */
type KeptServerArtifacts = Omit<ServerEvidenceArtifacts, AskedArtifact> &
  Partial<Pick<ServerEvidenceArtifacts, AskedArtifact>>;

/** A value that was read, when it is evidence; else null. */
export function evidenceIn(value: unknown): Evidence | null {
  return evidence.safeParse(value).success ? (value as Evidence) : null;
}

/** @throws SandglassError `BAD_EVIDENCE` */
export async function readServerEvidence(path: string, name: string): Promise<ServerEvidence> {
  const kept = (await read(
    path,
    serverEvidence,
    `${name} cannot be judged`,
    "Make it with `sandglass check --save-evidence DIR`.",
  )) as Omit<ServerEvidence, "artifacts"> & { readonly artifacts: KeptServerArtifacts };
  const none = { status: "ok", value: null } as const;
  return { ...kept, artifacts: { probes: none, clients: none, auth: none, snapshot: none, ...kept.artifacts } };
}

async function read(path: string, schema: z.ZodType, what: string, next: string): Promise<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new SandglassError("BAD_EVIDENCE", `${what}: ${messageOf(error)}`, next, { cause: error });
  }
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue)
    throw new SandglassError(
      "BAD_EVIDENCE",
      `${what}: ${issue.path.length > 0 ? `at ${issue.path.join(".")}: ` : ""}${issue.message}`,
      next,
    );
  return value;
}
