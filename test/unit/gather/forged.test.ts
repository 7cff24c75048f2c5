import { expect, it } from "vitest";
import type { PageApiUse } from "../../../harness/gather/witness/bridge-log.ts";
import { forgeriesOf } from "../../../harness/gather/artifacts/forged.ts";
import { RunLog } from "../../../harness/gather/witness/run-log.ts";

const use: PageApiUse = {
  api: "confirm",
  returned: "false",
  stack: "",
  blocked: true,
  initiator: "document",
  count: 1,
};

it("a call that the browser did not see is forged", () => {
  expect(forgeriesOf(new RunLog(10), [use])).toHaveLength(1);
});

it("a call that the browser saw is none", () => {
  const log = new RunLog(10);
  log.messages.add("m", () => ({
    level: "error",
    source: "security",
    text: "Ignored call to 'confirm()'. The document is sandboxed",
    place: null,
    role: "inner",
    origin: "browser",
    count: 1,
  }));
  expect(forgeriesOf(log, [use])).toEqual([]);
});

it("a line that the widget logged itself vouches for nothing", () => {
  const log = new RunLog(10);
  log.messages.add("m", () => ({
    level: "error",
    source: "console",
    text: "Ignored call to 'confirm()'.",
    place: null,
    role: "inner",
    origin: "console",
    count: 1,
  }));
  expect(forgeriesOf(log, [use])).toHaveLength(1);
});
