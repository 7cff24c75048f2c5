/** A server as `check` looks at it, without a browser: loaded, asked, judged. */
import { tmpdir } from "node:os";
import { serverEvidenceOf, withAsked, withLaterLogs } from "../../../harness/gather/server/index.ts";
import { judgeServer } from "../../../harness/judge/servers.ts";
import type { ServerEvidence } from "../../../harness/model/evidence/server.ts";
import { probeServer, type ProbeRequest } from "../../../harness/probes/index.ts";
import { loadTarget, type LoadOptions } from "../../../harness/sources/index.ts";
import { present } from "../../expecting.ts";

/** Time enough for a machine that does other things, too. */
export const INPUT: NonNullable<ProbeRequest["input"]> = {
  allowCalls: false,
  validArguments: () => Promise.resolve({ city: "Oslo" }),
  budgetMs: 120_000,
};

export interface Looked {
  readonly evidence: ServerEvidence;
  /** Check id and message ids of its findings, or its outcome with the reason. */
  readonly outcomes: Readonly<Record<string, string>>;
}

export async function look(
  target: Pick<LoadOptions, "mcp" | "mcpStdio" | "headers">,
  request: Partial<ProbeRequest>,
): Promise<Looked> {
  const loaded = await loadTarget({ ...target, targets: [], cwd: tmpdir(), serverOnly: true });
  try {
    const server = present(loaded.servers?.[0]);
    const record = server.record();
    const plain = serverEvidenceOf(record, ["chatgpt"]);
    const asked = await probeServer(server, plain, {
      input: null,
      clients: null,
      auth: null,
      snapshot: null,
      ...request,
    });
    const evidence = withAsked(withLaterLogs(plain, server.record()), asked);
    const { checks } = judgeServer(evidence, { toolVersion: "0" });
    return {
      evidence,
      outcomes: Object.fromEntries(
        checks.map(({ id, outcome, findings, reason }) => [
          id,
          findings.map(({ messageId }) => messageId).join(" ") || [outcome, reason?.id].filter(Boolean).join(" "),
        ]),
      ),
    };
  } finally {
    await loaded.close();
  }
}
