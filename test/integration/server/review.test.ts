/** A server in order passes every check over stdio and HTTP; one that is not is told by each. No browser. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverEvidenceOf } from "../../../harness/gather/server/index.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { withServers } from "../../../harness/judge/servers.ts";
import type { ServerEvidence } from "../../../harness/model/evidence/server.ts";
import type { ServerRun } from "../../../harness/model/result.ts";
import { loadTarget, type LoadOptions } from "../../../harness/sources/index.ts";
import { present } from "../../expecting.ts";
import { serveReviewed, type Reviewed } from "../../fixtures/reviewed-server.mjs";

const FIXTURE = join(import.meta.dirname, "../../fixtures/reviewed-server.mjs");
const stdio = (kind: string): Pick<LoadOptions, "mcpStdio"> => ({
  mcpStdio: `"${process.execPath}" "${FIXTURE}" ${kind}`,
});

async function evidenceOf(server: Pick<LoadOptions, "mcp" | "mcpStdio">): Promise<ServerEvidence> {
  const loaded = await loadTarget({ targets: [], cwd: tmpdir(), serverOnly: true, ...server });
  try {
    const recorder = present(loaded.servers?.[0]);
    await recorder.tryForeignPage();
    return serverEvidenceOf(recorder.record(), ["chatgpt"]);
  } finally {
    await loaded.close();
  }
}
const judged = (evidence: ServerEvidence): ServerRun => {
  const options = { toolVersion: "0", only: ["metadata", "tools", "transport"] };
  return present(withServers(judge([], options), [evidence], options).servers?.[0]);
};
const failing = ({ checks }: ServerRun): string[] =>
  checks.flatMap(({ id, outcome, findings }) =>
    outcome === "fail" ? findings.map(({ messageId }) => `${id} ${messageId}`) : [],
  );
const undecided = ({ checks }: ServerRun): string[] =>
  checks.filter(({ outcome }) => outcome === "review" || outcome === "error").map(({ id }) => id);

const IN_BOTH = [
  "metadata/csp-placement undeclared",
  "metadata/csp-placement flat",
  "metadata/domain malformed",
  "metadata/field-type tool",
  "metadata/naming server-name",
  "metadata/naming thin-description",
  "metadata/naming no-title",
  "metadata/resource mime",
  "metadata/template-version unversioned",
  "metadata/visibility unknown-value",
  "tools/annotations missing",
  "tools/description orders",
  "tools/description hidden",
  "tools/file-parameter unknown",
  "tools/honest-hints writes",
  "tools/input-schema credential",
  "tools/input-schema undescribed",
  "tools/output-schema mismatch",
  "tools/response-minimisation internal",
  "tools/status-text long",
  "tools/status-text alone",
  "tools/text-fallback silent",
  "transport/protocol no-resources",
];

describe("over stdio", () => {
  it("in order", async () => {
    const run = judged(await evidenceOf(stdio("sound")));
    expect([failing(run), undecided(run), run.verdict]).toEqual([[], [], "pass"]);
  });
  it("faulty", async () => {
    const run = judged(await evidenceOf(stdio("faulty")));
    expect(failing(run).toSorted()).toEqual(
      [...IN_BOTH, "tools/response-minimisation personal-log", "transport/protocol stray-output"].toSorted(),
    );
    expect(run.verdict).toBe("fail");
  });
});

describe("over HTTP", () => {
  const served: Partial<Record<"sound" | "faulty", Reviewed>> = {};
  beforeAll(async () => {
    served.sound = await serveReviewed("sound");
    served.faulty = await serveReviewed("faulty");
  });
  afterAll(async () => {
    await Promise.all(Object.values(served).map((one) => one.close()));
  });
  it("in order, and nothing of it is called twice", async () => {
    const { url, counts } = present(served.sound);
    const run = judged(await evidenceOf({ mcp: url }));
    expect([failing(run), undecided(run), run.verdict]).toEqual([[], [], "pass"]);
    expect(counts).toMatchObject({ "tools/list": 1, "resources/list": 1, "resources/read": 1, "tools/call": 1 });
  });
  it("faulty", async () => {
    const run = judged(await evidenceOf({ mcp: present(served.faulty).url }));
    expect(failing(run).toSorted()).toEqual(
      [
        ...IN_BOTH,
        "transport/cors credentials",
        "transport/origin rebinding",
        "transport/session shared",
        "transport/session short",
      ].toSorted(),
    );
  });
});

it("a server that cannot be loaded as a widget is judged, and the list is as it came", async () => {
  const raw = join(import.meta.dirname, "../../fixtures/raw-server.mjs");
  const evidence = await evidenceOf({ mcpStdio: `"${process.execPath}" "${raw}" no-schema` });
  expect(failing(judged(evidence))).toContain("metadata/field-type tool");
});
