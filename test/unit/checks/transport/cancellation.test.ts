import cancellation from "../../../../harness/checks/transport/cancellation.ts";
import type { CancellationProbe } from "../../../../harness/model/clients.ts";
import { cases } from "../server-make.ts";

const givenUp = (given: Partial<CancellationProbe> = {}) => ({
  clients: {
    second: null,
    stale: null,
    cancellation: {
      request: "tools/call" as const,
      tool: "count",
      finished: false,
      status: 202,
      after: "answered" as const,
      answeredMs: null,
      ...given,
    },
  },
});

cases(cancellation, {
  fails: [
    ["a server that ends", givenUp({ after: "crash" }), "ended error"],
    ["a server that hangs", givenUp({ after: "hang" }), "silent error"],
    ["a session that is lost", givenUp({ after: "refused" }), "silent error"],
    ["a limit from then on", givenUp({ after: "turned-away" }), "review unclear"],
    ["5xx from then on", givenUp({ after: "server-error", tool: null, request: "tools/list" }), "server-error error"],
    ["a notification that is refused", givenUp({ status: 400 }), "refused warning"],
    ["work that goes on", givenUp({ answeredMs: 380 }), "works-on info"],
    ["the server was gone by then", { clients: { second: null, stale: null, cancellation: null } }, "review gone"],
  ],
  passes: [
    ["no answer, and all goes on", givenUp(), "pass"],
    ["an answer that crossed it", givenUp({ answeredMs: 12 }), "pass"],
    ["not tried", { clients: null }, "inapplicable not-tried"],
    ["a request that was over", givenUp({ finished: true, status: null }), "pass"],
  ],
});
