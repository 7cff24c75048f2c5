/** Each check on a server with one fault, and on the same one in order: over HTTP each message, over stdio each check once. */
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { serverChecks } from "../../../harness/checks/servers.ts";
import { serverEvidenceOf } from "../../../harness/gather/server/index.ts";
import { judge } from "../../../harness/judge/judge.ts";
import { withServers } from "../../../harness/judge/servers.ts";
import { loadTarget, type LoadOptions } from "../../../harness/sources/index.ts";
import { present } from "../../expecting.ts";
import { FAULTS, isHttpOnly } from "../../fixtures/one-fault.mjs";
import { serveReviewed } from "../../fixtures/reviewed-server.mjs";

const FIXTURE = join(import.meta.dirname, "../../fixtures/reviewed-server.mjs");
const OPTIONS = { toolVersion: "0", only: ["metadata", "tools", "transport"] };

async function failing(server: Pick<LoadOptions, "mcp" | "mcpStdio">): Promise<string[]> {
  const loaded = await loadTarget({ targets: [], cwd: tmpdir(), serverOnly: true, ...server });
  try {
    const server = present(loaded.servers?.[0]);
    await server.tryForeignPage();
    const evidence = serverEvidenceOf(server.record(), ["chatgpt"]);
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
const firsts = faults
  .filter((fault) => !isHttpOnly(fault))
  .filter((fault, at, all) => all.findIndex((one) => checkOf(one) === checkOf(fault)) === at);

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

/** Messages whose server cannot stand on this machine, or that tests of their own serve: a check, or one message of it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "tools/input-validation": "test/integration/server/input.test.ts",
  "tools/prompt-injection planted": "test/integration/server/input.test.ts",
  "transport/answer-time silent": "test/unit/checks/transport/answer-time.test.ts",
  "transport/answer-time not-in-time": "test/unit/checks/transport/answer-time.test.ts",
  "transport/cancellation": "test/integration/server/clients.test.ts",
  "transport/endpoint insecure": "test/unit/checks/transport/endpoint.test.ts",
  "transport/endpoint tunnel": "test/unit/checks/transport/endpoint.test.ts",
  "transport/endpoint redirects-down": "test/unit/checks/transport/endpoint.test.ts",
  "transport/endpoint no-path": "test/unit/checks/transport/endpoint.test.ts",
  "transport/protocol ended": "test/unit/checks/transport/protocol.test.ts",
  "transport/protocol stray-output": "test/integration/server/review.test.ts",
  "transport/second-client": "test/integration/server/clients.test.ts",
  "transport/stale-session": "test/integration/server/clients.test.ts",
};

test("every message of these checks has its server", ({ expect: own }) => {
  const messages = serverChecks
    .filter(({ id }) => /^(?:metadata|tools|transport)\//.test(id))
    .flatMap(({ id, messages: all }) => Object.keys(all).map((message) => `${id} ${message}`));
  own(messages.filter((one) => !faults.includes(one) && !(one in ELSEWHERE) && !(checkOf(one) in ELSEWHERE))).toEqual(
    [],
  );
  for (const [named, file] of Object.entries(ELSEWHERE)) {
    const test = readFileSync(join(import.meta.dirname, "../../..", file), "utf8");
    own(test, named).toContain(named.split(" ")[1] ?? named);
  }
});
