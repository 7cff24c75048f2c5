import { describe, expect, it } from "vitest";
import size from "../../../../harness/checks/props/size.ts";
import unreadField from "../../../../harness/checks/props/unread-field.ts";
import type { FieldReads } from "../../../../harness/model/evidence.ts";
import { blocked } from "../../allowlist/make.ts";
import { line } from "../../make.ts";
import { propsWith, run, told } from "./detected.ts";

const readsOf = (
  fields: Readonly<Record<string, readonly ["read" | "walked" | "unread", number]>>,
  opaque: readonly string[] = [],
): FieldReads => ({ fields: Object.entries(fields).map(([path, [state, bytes]]) => ({ path, state, bytes })), opaque });
const outcomeOf = (...given: Parameters<typeof readsOf>) => run(unreadField, propsWith({ reads: readsOf(...given) }));

describe("props/unread-field", () => {
  it("passes when every field was read", () =>
    expect(outcomeOf({ "$.title": ["read", 8], "$.items[0].id": ["read", 4] }).outcome).toBe("pass"));
  it("tells the topmost unread branch, with its bytes and tokens", () => {
    const outcome = outcomeOf({ "$.title": ["read", 8], "$.debug.sql": ["unread", 4000], "$.debug.ms": ["unread", 4] });
    expect(outcome).toMatchObject({
      outcome: "fail",
      findings: [{ messageId: "unread", severity: "warning", data: { field: "$.debug", bytes: 4004, tokens: 1001 } }],
    });
  });
  it("takes the entries of a list as one: read in one entry is read", () => {
    expect(outcomeOf({ "$.items[0].id": ["read", 4], "$.items[1].id": ["unread", 4] }).outcome).toBe("pass");
    expect(
      outcomeOf({
        "$.items[0].id": ["read", 4],
        "$.items[0].etag": ["unread", 150],
        "$.items[1].etag": ["unread", 150],
      }),
    ).toMatchObject({ findings: [{ severity: "info", data: { field: "$.items[].etag", bytes: 300 } }] });
  });
  it("walked is not used: review, with what was surely unread", () => {
    const outcome = outcomeOf({ "$.a": ["walked", 4], "$.b": ["read", 4], "$.c": ["unread", 400] });
    expect(outcome).toMatchObject({ outcome: "review", reason: { id: "walked", data: { fields: 1, paths: "$.a" } } });
    expect(told(outcome)).toEqual(["unread info"]);
  });
  it("cannot tell once the whole value left our sight", () =>
    expect(outcomeOf({ "$.a": ["unread", 4] }, ["structuredClone"])).toMatchObject({
      outcome: "review",
      reason: { id: "out-of-sight", data: { by: "structuredClone" } },
    }));
  it("says once that nothing was read", () =>
    expect(told(outcomeOf({ "$.a": ["unread", 200], "$.b.c": ["unread", 4] }))).toEqual(["nothing info"]));
  it("says nothing of what costs next to nothing", () => {
    expect(outcomeOf({ "$.a": ["read", 4], "$.b": ["unread", 199] }).outcome).toBe("pass");
    expect(told(outcomeOf({ "$.a": ["read", 4], "$.b": ["unread", 200] }))).toEqual(["unread info"]);
  });
  it("accuses no widget whose code did not run", () => {
    const props = propsWith({ reads: readsOf({ "$.a": ["unread", 4000] }) });
    const blockedScript = blocked("https://cdn.example.com/x.js", "script");
    for (const seen of [{ console: [line({})] }, { network: [blockedScript] }])
      expect(run(unreadField, props, seen)).toMatchObject({ outcome: "inapplicable", reason: { id: "not-run" } });
    expect(told(run(unreadField, props, { network: [blocked("https://api.example.com/x")] }))).toEqual([
      "nothing warning",
    ]);
  });
  it("does not apply without reads", () => expect(run(unreadField, propsWith()).outcome).toBe("inapplicable"));
});

describe("props/size", () => {
  const sizes = propsWith().sizes;
  it("passes at the limits", () =>
    expect(
      run(
        size,
        propsWith({
          sizes: { ...sizes, widgetState: 16_000, structuredContent: 40_000, content: 40_000, meta: 1_000_000 },
        }),
      ).outcome,
    ).toBe("pass"));
  it.each([
    ["widgetState", 16_001, "Apps SDK guide"],
    ["structuredContent", 40_001, "our own limit"],
    ["content", 40_001, "our own limit"],
    ["meta", 1_000_001, "our own limit"],
  ] as const)("tells %s of %i bytes, and where the limit is from", (part, bytes, from) => {
    expect(run(size, propsWith({ sizes: { ...sizes, [part]: bytes } }))).toMatchObject({
      outcome: "fail",
      findings: [
        {
          messageId: "large",
          data: { bytes, tokens: Math.round(bytes / 4), from: expect.stringContaining(from) as string },
        },
      ],
    });
  });
  it("names what went past the scanner", () =>
    expect(run(size, propsWith({ limits: [{ kind: "cycle", carrier: "widgetState", path: "$.self" }] }))).toMatchObject(
      {
        findings: [{ messageId: "cycle", data: { carrier: "widgetState", path: "$.self" } }],
      },
    ));
});
