import answerTime from "../../../../harness/checks/transport/answer-time.ts";
import type { ServerTransport } from "../../../../harness/model/evidence/server.ts";
import { callOf, cases, readOf, resourcesOf, transportOf } from "../server-make.ts";

const CALM = { initialize: 20, listTools: 10, listResources: 10, read: 10, call: 30 };
const timed = (timings: Partial<typeof CALM>, kind: ServerTransport["kind"] = "streamable-http") => ({
  transport: transportOf({ kind, timings: { ...CALM, ...timings } }),
});

cases(answerTime, {
  fails: [
    ["a slow list", timed({ listTools: 1400 }), "slow warning"],
    ["a slow call and a slow read", timed({ call: 9000, read: 3000 }), ["slow warning", "slow warning"]],
    ["a slow start over HTTP", timed({ initialize: 6000 }), "slow warning"],
    [
      "a read without an answer",
      { resources: resourcesOf({ reads: [readOf({ contents: [], error: "no answer", ms: null })] }) },
      "silent warning",
    ],
    [
      "calls without an answer",
      { calls: [callOf({ error: "no answer", ms: null }), callOf({ error: "no answer", ms: null })] },
      "silent warning",
    ],
    [
      "a call that nobody asked for",
      { calls: [callOf({ by: "schema", error: "no answer", ms: null })] },
      "not-in-time info",
    ],
    [
      "nothing",
      {
        transport: transportOf({
          timings: { initialize: null, listTools: null, listResources: null, read: null, call: null },
        }),
      },
      "review not-measured",
    ],
  ],
  passes: [
    ["quick", {}, "pass"],
    ["a command that is fetched first", timed({ initialize: 30_000 }, "stdio"), "pass"],
    [
      "a server without resources",
      { transport: transportOf({ timings: { ...CALM, listResources: null, read: null } }) },
      "pass",
    ],
  ],
});
