import { expect, it } from "vitest";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { seal, sealedSource, type Scannable, type UnsealedLog } from "../../../harness/gather/trial/seal.ts";
import { hidingOf } from "../../../harness/scan/index.ts";
import type { JoinContext } from "../../../harness/model/join-context.ts";
import type { RawLog } from "../../../harness/model/raw-log.ts";
import { arrival, issue, joinContext, message, place, rawLog, request } from "./raw.ts";

/** Made for this test; no service knows it. */
const TOKEN = ["ghp", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("_");
const given: readonly Scannable[] = [{ carrier: "toolOutput", value: { token: TOKEN } }];

const unsealed = (log: Partial<RawLog>): UnsealedLog => rawLog(log);
const sealed = (log: Partial<RawLog>, context: JoinContext = joinContext()): RawLog =>
  seal(unsealed(log), given, context);

it("what was given is found, and is in no string of the log", () => {
  const url = `https://api.example.com/?key=${TOKEN}`;
  const log = sealed({
    requests: [request(url, { hops: [url] })],
    issues: [issue(url)],
    arrivals: [arrival(url, { redirectTo: url })],
    messages: [message({ text: `no ${TOKEN}` })],
    sockets: [{ channel: "network", url, kind: "websocket", role: "inner", place: null, atMs: 1 }],
    departure: { url, how: "scriptInitiated" },
    acts: {
      steps: [{ step: `fill ${TOKEN}`, outcome: "done" }],
      failed: { step: "fill", error: TOKEN },
      explored: [{ target: TOKEN, outcome: "pressed" }],
      exploringStoppedAfterMs: null,
    },
    given: {
      ...rawLog().given,
      leaves: [{ path: `$.${TOKEN}`, bytes: 1 }],
      noResult: { reason: "answered-error", tool: "t", scenario: "s", error: TOKEN },
    },
    bridge: {
      ...rawLog().bridge,
      messages: [
        {
          direction: "to-widget",
          protocol: "mcp-apps",
          kind: "response",
          method: "resources/read",
          bytes: 1,
          payload: { deep: [TOKEN] },
          error: TOKEN,
          atMs: 1,
        },
      ],
      violations: [{ rule: "invalid-params", detail: TOKEN, count: 1 }],
      toolCalls: [{ name: "t", outcome: "error", detail: TOKEN }],
      externalLinks: [{ url, safeLink: true }],
    },
  });
  expect(log.detections.map(({ kind }) => kind)).toContain("github-pat");
  expect(JSON.stringify(log)).not.toContain(TOKEN);
});

it("what was one address stays one, so that joins hold", () => {
  const url = `https://api.example.com/x?key=${TOKEN}`;
  const log = sealed({ requests: [request(url, { state: "failed", blockedReason: "csp" })], issues: [issue(url)] });
  const { network } = evidenceOf(log, joinContext());
  expect(network).toMatchObject({
    status: "ok",
    value: [
      { origin: "https://api.example.com", outcome: "blocked-by-csp", channels: ["audits", "network"], count: 1 },
    ],
  });
});

it("an address that a secret spoils keeps a masked origin and its place", () => {
  const url = `https://${TOKEN.toLowerCase().replace("_", "-")}.example.com/x?key=${TOKEN}`;
  const context = joinContext(`<p>w</p>\n<img src="${url}">`);
  const log = sealed({ requests: [request(url, { kind: "image" })] }, context);
  const { network } = evidenceOf(log, context);
  expect(network).toMatchObject({ status: "ok", value: [{ where: { line: 2, column: 11 } }] });
  expect(JSON.stringify(network)).not.toContain(TOKEN);
});

it("a quoted line is masked", () => {
  const context = joinContext(`<script>\nconst key = "${TOKEN}"; throw key\n</script>`);
  const log = sealed(
    {
      messages: [message({ origin: "exception", place: place(1, 0, { script: "1" }) })],
      scripts: { "1": { offset: 8, length: 40, inline: true } },
    },
    context,
  );
  const { console } = evidenceOf(log, context);
  expect(console).toMatchObject({
    status: "ok",
    value: [{ where: { line: 2, excerpt: expect.stringContaining("throw key") as string } }],
  });
  expect(JSON.stringify(console)).not.toContain(TOKEN);
});

it("a data: address is shown by its beginning, and a long payload by its own", () => {
  const log = sealed({
    requests: [request(`data:text/plain,${"x".repeat(100)}`)],
    bridge: {
      ...rawLog().bridge,
      messages: [
        {
          direction: "to-host",
          protocol: "mcp-apps",
          kind: "request",
          method: "m",
          bytes: 1,
          payload: "y".repeat(9000),
          atMs: 1,
        },
      ],
    },
  });
  expect(log.requests[0]?.url).toHaveLength(41);
  expect(log.bridge.messages[0]?.payload).toMatchObject({ bytes: 9002 });
});

it("masking once more changes nothing", () => {
  const log = sealed({ requests: [request(`https://a.example/?key=${TOKEN}`)], messages: [message({ text: TOKEN })] });
  const again = seal(log, [], joinContext());
  expect(again.requests).toEqual(log.requests);
  expect(again.messages).toEqual(log.messages);
});

it("the same value in the same place is one detection", () => {
  const twice = seal(unsealed({}), [...given, ...given], joinContext());
  expect(twice.detections).toHaveLength(1);
});

it("a key in the address of the server is masked, and nothing else of it", () => {
  const source = { kind: "mcp", tool: "show", uri: "ui://show" } as const;
  const server = "https://mcp.example.com/mcp?api_key=9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c";
  expect(sealedSource({ ...source, server })).toEqual({ ...source, server: "https://mcp.example.com/mcp?api_key=…4c" });
  const plain = { ...source, server: "node server.mjs --stdio" };
  expect(sealedSource(plain)).toEqual(plain);
});

it("what the user gave to be let in is in no string of the log, though nothing says that it is a secret", () => {
  const opaque = ["plain", "words", "of", "mine"].join("-");
  const url = `https://api.example.com/${opaque}`;
  const log = seal(
    unsealed({
      requests: [request(url)],
      messages: [message({ text: `echo ${btoa(opaque)}` })],
      bridge: {
        ...rawLog().bridge,
        toolCalls: [{ name: "t", outcome: "error", detail: opaque }],
        messages: [
          {
            direction: "to-widget",
            protocol: "mcp-apps",
            kind: "response",
            method: "tools/call",
            bytes: 1,
            payload: { text: `${"x".repeat(3990)}${opaque}` },
            atMs: 1,
          },
        ],
      },
    }),
    [{ carrier: "toolOutput", value: { token: TOKEN, note: opaque } }],
    joinContext(),
    hidingOf([opaque]),
  );
  const text = JSON.stringify(log);
  for (const form of [opaque, opaque.slice(0, 8), btoa(opaque).slice(0, 12)]) expect(text).not.toContain(form);
  expect(log.detections.map(({ kind }) => kind)).toEqual(["github-pat"]);
});
