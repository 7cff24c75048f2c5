import responseMinimisation from "../../../../harness/checks/tools/response-minimisation.ts";
import type { Detection } from "../../../../harness/model/evidence.ts";
import type { ProbeOutcome } from "../../../../harness/model/probes.ts";
import { callOf, cases, identityOf, toolsOf, transportOf } from "../server-make.ts";

const returning = (structuredContent: unknown, more: object = {}) => ({
  calls: [callOf({ structuredContent, ...more })],
});
const detection = (given: Partial<Detection> = {}): Detection => ({
  family: "secret",
  kind: "github-pat",
  title: "GitHub personal access token",
  confidence: "certain",
  publishable: false,
  why: "its form",
  carrier: "message",
  masked: "ghp_…x2",
  fingerprint: "sha256:0000000000000000",
  ...given,
});

const probed = (leaks: ProbeOutcome["leaks"]): ProbeOutcome => ({
  tool: "show_weather",
  kind: "missing",
  field: "city",
  expects: "error",
  ended: "error",
  took: 3,
  leaks,
  said: "",
});

cases(responseMinimisation, {
  fails: [
    ["a session's id", returning({ sessionId: "s" }), "internal warning"],
    ["deep in a list", returning({ items: [{ meta: { trace_id: "t" } }] }), "internal warning"],
    ["in _meta", returning({}, { meta: { requestId: "r" } }), "internal warning"],
    ["for developers", returning({ debug: { sql: "…" } }), "debug warning"],
    [
      "times of records",
      returning({ items: [{ createdAt: "2026-01-01" }, { createdAt: "2026-01-02" }] }),
      "timestamps info",
    ],
    [
      "a stack",
      returning(
        {},
        { isError: true, content: [{ type: "text", text: "Error: x\n    at run (/srv/app/index.js:3:9)" }] },
      ),
      "stack warning",
    ],
    ["a stack of Python", returning({}, { error: "Traceback (most recent call last):\n  File" }), "stack warning"],
    [
      "in a text that is JSON",
      { calls: [callOf({ content: [{ type: "text", text: '[{ "session_id": "s" }]' }] })] },
      "internal warning",
    ],
    ["a secret in a result", { calls: [callOf({ detections: [detection()] })] }, "secret error"],
    ["a secret in a result, twice", { calls: [callOf({ detections: [detection(), detection()] })] }, "secret error"],
    ["a secret in the instructions", { identity: identityOf({ detections: [detection()] }) }, "secret error"],
    ["a secret in the list", { tools: { ...toolsOf(), detections: [detection()] } }, "secret error"],
    ["a secret in a log", { transport: transportOf({ detections: [detection()] }) }, "secret error"],
    [
      "a person in an error",
      returning({}, { isError: true, personal: [detection({ family: "personal", title: "E-mail address" })] }),
      "personal-error warning",
    ],
    [
      "a person in an error about wrong arguments",
      { probes: { outcomes: [probed([{ leak: "personal", shown: "E-mail address a…v" }])], notProbed: [] } },
      "personal-error warning",
    ],
    [
      "a secret over the protocol, and an address on stderr",
      {
        transport: transportOf({
          detections: [
            detection({ path: "$logs[0]" }),
            detection({ family: "personal", title: "E-mail address", path: "$stderr" }),
          ],
        }),
      },
      ["secret error", "personal-log warning"],
    ],
    [
      "an address in a log",
      { transport: transportOf({ detections: [detection({ family: "personal", title: "an e-mail address" })] }) },
      "personal-log warning",
    ],
  ],
  passes: [
    ["the answer", {}, "pass"],
    [
      "what a probe plants, or breaks, is another rule's",
      { probes: { outcomes: [probed([{ leak: "planted-unmarked", shown: "" }])], notProbed: [] } },
      "pass",
    ],
    ["ids that the answer is about", returning({ id: "1", userId: "2", order_id: "3", viewUUID: "4" }), "pass"],
    ["a time that is asked for", returning({ time: "2026-01-01", departure_time: "10:00" }), "pass"],
    [
      "an error in words",
      returning({}, { isError: true, content: [{ type: "text", text: "No such city, look at 3:9" }] }),
      "pass",
    ],
    [
      "a text that only begins like JSON",
      { calls: [callOf({ content: [{ type: "text", text: '{ "session_id": is not given' }] })] },
      "pass",
    ],
    ["a publishable key", { tools: { ...toolsOf(), detections: [detection({ publishable: true })] } }, "pass"],
    [
      "what only looks like one",
      { tools: { ...toolsOf(), detections: [detection({ confidence: "possible" })] } },
      "pass",
    ],
  ],
});
