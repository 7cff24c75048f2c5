/** Each check on a server with one fault, and on the same one in order: over HTTP each message, over stdio each check once. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { serverEvidenceOf } from "../../../harness/gather/server/index.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { withServers } from "../../../harness/judge/servers.ts";
import { loadTarget, type LoadOptions } from "../../../harness/sources/index.ts";
import { present } from "../../expecting.ts";
import { FAULTS } from "../../fixtures/one-fault.mjs";
import { serveReviewed } from "../../fixtures/reviewed-server.mjs";

const FIXTURE = join(import.meta.dirname, "../../fixtures/reviewed-server.mjs");
const OPTIONS = { toolVersion: "0", only: ["metadata", "tools", "transport"] };

async function failing(server: Pick<LoadOptions, "mcp" | "mcpStdio">): Promise<string[]> {
  const loaded = await loadTarget({ targets: [], cwd: tmpdir(), serverOnly: true, ...server });
  try {
    const evidence = serverEvidenceOf(present(loaded.servers?.[0]).record(), ["chatgpt"]);
    const { checks } = present(withServers(judge([], OPTIONS), [evidence], OPTIONS).servers?.[0]);
    return checks.flatMap(({ id, findings }) => findings.map(({ messageId }) => `${id} ${messageId}`)).toSorted();
  } finally {
    await loaded.close();
  }
}

/** What follows from a fault, and is told, too. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  "metadata/csp-placement not-read": ["metadata/csp-placement undeclared"],
};
const expected = (fault: string): string[] => [fault, ...(FOLLOWS[fault] ?? [])].toSorted();

const faults = Object.keys(FAULTS);
const checkOf = (fault: string): string => fault.split(" ")[0] ?? "";
const firsts = faults.filter((fault, at) => faults.findIndex((one) => checkOf(one) === checkOf(fault)) === at);

describe.concurrent("over HTTP", () => {
  test.for(["sound", ...faults])("%s", async (fault, { expect: own }) => {
    const served = await serveReviewed(fault);
    try {
      own(await failing({ mcp: served.url })).toEqual(fault === "sound" ? [] : expected(fault));
    } finally {
      await served.close();
    }
  });
});

describe.concurrent("over stdio", () => {
  test.for(["sound", ...firsts])("%s", async (fault, { expect: own }) => {
    const mcpStdio = `"${process.execPath}" "${FIXTURE}" "${fault}"`;
    own(await failing({ mcpStdio })).toEqual(fault === "sound" ? [] : expected(fault));
  });
});
