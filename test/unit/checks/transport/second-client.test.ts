import secondClient from "../../../../harness/checks/transport/second-client.ts";
import type { SecondClientProbe } from "../../../../harness/model/clients.ts";
import { cases, transportOf } from "../server-make.ts";

const second = (given: Partial<SecondClientProbe> = {}) => ({
  clients: {
    cancellation: null,
    stale: null,
    second: {
      by: "session" as const,
      opened: "yes" as const,
      refusal: null,
      together: { first: "answered" as const, second: "answered" as const },
      mixed: false,
      firstAfter: "answered" as const,
      ...given,
    },
  },
});
const refused = { opened: "refused", refusal: "HTTP 400", together: null, firstAfter: null } as const;

cases(secondClient, {
  fails: [
    ["one client at a time", second(refused), "refused error"],
    ["a command that runs once", second({ ...refused, by: "process" }), "process warning"],
    ["answers of another", second({ mixed: true }), "mixed error"],
    ["the first is lost at once", second({ together: { first: "hang", second: "answered" } }), "lost error"],
    ["the second is lost", second({ together: { first: "answered", second: "refused" } }), "lost error"],
    ["the first is lost with the second", second({ firstAfter: "refused" }), "lost error"],
    [
      "a limit, once both are there",
      second({ together: { first: "answered", second: "turned-away" } }),
      "review turned-away",
    ],
    ["a limit for both", second({ together: { first: "turned-away", second: "turned-away" } }), "review turned-away"],
    ["a limit in the end", second({ firstAfter: "turned-away" }), "review turned-away"],
    ["a server without ping", second({ together: { first: "refused", second: "refused" } }), "review turned-away"],
    ["a limit, and a server that hangs", second({ together: { first: "hang", second: "turned-away" } }), "lost error"],
    ["nobody is let in alone, either", second({ ...refused, opened: "unclear" }), "review unclear"],
  ],
  passes: [
    ["each its own", second(), "pass"],
    ["not tried over HTTP", { clients: null }, "inapplicable not-tried"],
    ["two processes", second({ by: "process" }), "pass"],
    [
      "a command that was started once",
      { transport: transportOf({ kind: "stdio", url: null }), clients: null },
      "inapplicable not-asked",
    ],
  ],
});
