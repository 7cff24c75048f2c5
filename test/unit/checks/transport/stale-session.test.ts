import staleSession from "../../../../harness/checks/transport/stale-session.ts";
import type { StaleSessionProbe } from "../../../../harness/model/clients.ts";
import { cases, transportOf } from "../server-make.ts";

const transport = transportOf({ sessionIds: [{ length: 36, visibleAscii: true }] });
const stale = (
  probes: readonly (readonly [StaleSessionProbe["kind"], number | null])[],
  reopened: number | null = 200,
) => ({
  transport,
  clients: {
    cancellation: null,
    second: null,
    stale: { reopened, probes: probes.map(([kind, status]) => ({ kind, status, served: status === 200 })) },
  },
});

cases(staleSession, {
  fails: [
    ["400, as many examples have it", stale([["unknown", 400]]), "status warning"],
    [
      "400 for one that was ended, too: told once",
      stale([
        ["unknown", 400],
        ["ended", 400],
      ]),
      "status warning",
    ],
    ["500", stale([["unknown", 500]]), "server-error error"],
    ["any id will do", stale([["unknown", 200]]), "adopted info"],
    [
      "the end of a session changes nothing",
      stale([
        ["unknown", 404],
        ["ended", 200],
      ]),
      "lives-on info",
    ],
    ["nobody comes back in", stale([["unknown", 404]], 503), "not-reopened error"],
    ["a login stands before it", stale([["unknown", 401]], 401), "review unclear"],
    ["no answer", stale([["unknown", null]]), "review unclear"],
  ],
  passes: [
    ["404", stale([["unknown", 404]]), "pass"],
    [
      "404 for both",
      stale([
        ["unknown", 404],
        ["ended", 404],
      ]),
      "pass",
    ],
    ["not tried", { transport, clients: null }, "inapplicable not-tried"],
    ["no sessions", { clients: null }, "inapplicable stateless"],
    ["a command", { transport: transportOf({ kind: "stdio" }), clients: null }, "inapplicable no-sessions"],
  ],
});
