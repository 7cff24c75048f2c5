/** The specification's rules for servers: each is told of a server that breaks it (those for views: test/browser/rules). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RULES } from "../../fixtures/app-rules.mjs";
import { serveReviewed } from "../../fixtures/reviewed-server.mjs";
import { look } from "./kit.ts";

const ofServers = Object.entries(RULES).filter(([rule]) => rule < "APP-100");

describe.concurrent("a server that breaks", () => {
  test.for(ofServers)("%s", async ([rule, { told }], { expect: own }) => {
    const [check = "", message] = told.split(" ");
    const served = await serveReviewed(rule);
    try {
      own((await look({ mcp: served.url }, {})).outcomes[check]?.split(" ")).toContain(message);
    } finally {
      await served.close();
    }
  });
});

test("docs/mcp-apps-rules.md lists each, and who tells it", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/mcp-apps-rules.md"), "utf8");
  const rows = [...page.matchAll(/^\| (APP-\d+) \|.*\| (.+) \|$/gm)].map(([, rule = "", by = ""]) => ({ rule, by }));
  expect(rows.map(({ rule }) => rule)).toEqual(Object.keys(RULES));
  for (const { rule, by } of rows) expect(by, rule).toContain(`\`${RULES[rule]?.told.split(" ")[0] ?? ""}\``);
});
