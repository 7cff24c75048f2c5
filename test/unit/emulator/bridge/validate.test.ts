import { describe, expect, it } from "vitest";
import { MessageReader } from "../../../../host/emulator/bridge/validate.ts";

const INIT = {
  jsonrpc: "2.0",
  id: 1,
  method: "ui/initialize",
  params: { appInfo: { name: "w", version: "1" }, appCapabilities: {}, protocolVersion: "2026-01-26" },
};
const DONE = { jsonrpc: "2.0", method: "ui/notifications/initialized", params: {} };
const rules = (...messages: readonly unknown[]) => {
  const reader = new MessageReader();
  return messages.flatMap((message) => reader.read(message).violations.map(({ rule }) => rule));
};

describe("messages that no host reads", () => {
  it.each([
    ["text", JSON.stringify(INIT), "JSON.stringify"],
    ["a batch", [INIT, DONE], "batches"],
    ["one without an envelope", { method: "ui/initialize" }, "jsonrpc"],
  ])("%s is told", (_, message, detail) => {
    expect(new MessageReader().read(message)).toMatchObject({
      kind: "invalid",
      foreign: false,
      method: "ui/initialize",
      violations: [{ rule: "malformed", detail: expect.stringContaining(detail) as string }],
    });
  });
  it.each([
    ["text of others", '{"type":"resize"}'],
    ["no JSON", "{ui/initialize"],
    ["a list of others", [{ method: "resize" }, 3]],
    ["an empty list", []],
    ["an envelope of others", { method: "resize" }],
    ["nothing", null],
  ])("%s is foreign", (_, message) => {
    expect(new MessageReader().read(message)).toMatchObject({ foreign: true, violations: [] });
  });
});

describe("the conversation", () => {
  it.each(["notifications/tools/list_changed", "notifications/message", "ui/notifications/request-teardown"])(
    "%s is known",
    (method) => expect(rules(INIT, DONE, { jsonrpc: "2.0", method, params: {} })).toEqual([]),
  );
  it("an invented notification is not", () =>
    expect(rules(INIT, DONE, { jsonrpc: "2.0", method: "notifications/tools/changed" })).toEqual(["unknown-method"]));
  it("ids are used once; notifications have none, and answers carry those of the host", () => {
    const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
    expect(rules(INIT, DONE, ping)).toEqual(["id-reused"]);
    expect(
      rules(INIT, DONE, { ...ping, id: "1" }, { ...ping, id: 2 }, DONE, DONE, { jsonrpc: "2.0", id: 1, result: {} }),
    ).toEqual([]);
  });
  it("a version is a date", () => {
    const version = (protocolVersion: unknown) => rules({ ...INIT, params: { ...INIT.params, protocolVersion } });
    expect(version("1.0")).toEqual(["unknown-version"]);
    expect(version("2025-11-21")).toEqual([]);
    expect(version(undefined)).toEqual(["protocol-version"]);
  });
  it("a burst of notifications, a ping ahead of all, and a request that hosts may refuse are right", () => {
    const sampling = { jsonrpc: "2.0", id: 3, method: "sampling/createMessage", params: {} };
    const sizes = Array.from({ length: 50 }, (_, height) => ({
      jsonrpc: "2.0",
      method: "ui/notifications/size-changed",
      params: { height },
    }));
    expect(rules({ jsonrpc: "2.0", id: 9, method: "ping" }, INIT, DONE, sampling, ...sizes)).toEqual([]);
  });
});
