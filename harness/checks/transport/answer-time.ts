import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, review, type About, type RawFinding } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import type { ServerCall, ServerTimings } from "../../model/evidence/server.ts";

/** What a person waits for without a word, milliseconds. */
const SLOW: Readonly<Record<keyof ServerTimings, number>> = {
  // Over stdio a start of the process is in it, and fetching a package.
  initialize: 5000,
  listTools: 1000,
  listResources: 1000,
  read: 2000,
  call: 5000,
};
const unanswered = (calls: readonly ServerCall[], by: ServerCall["by"]): Silent[] =>
  toolsWithout(calls, by).map((tool) => ({ what: `tools/call of ${tool}`, about: { request: "tools/call", tool } }));

interface Silent {
  readonly what: string;
  readonly about: About;
}

const toolsWithout = (calls: readonly ServerCall[], by: ServerCall["by"]): string[] => [
  ...new Set(calls.filter((call) => call.by === by && call.ms === null && call.error !== null).map(({ tool }) => tool)),
];

const REQUESTS: Readonly<Record<keyof ServerTimings, string>> = {
  initialize: "initialize",
  listTools: "tools/list",
  listResources: "resources/list",
  read: "resources/read",
  call: "tools/call",
};

const NAMES: Readonly<Record<keyof ServerTimings, string>> = {
  initialize: "initialize",
  listTools: "tools/list",
  listResources: "resources/list",
  read: "the slowest resources/read",
  call: "the slowest tools/call",
};

export default defineServerCheck({
  id: "transport/answer-time",
  title: "The server answers in the time that a conversation allows",
  severity: "warning",
  needs: ["transport", "resources", "calls"],
  messages: {
    slow: "{what} took {seconds} s. Review expects a few hundred milliseconds, and people leave.",
    silent: "{what} was not answered: hosts give up after their own limit.",
    "not-in-time": "{what}, with arguments made from its schema, was not answered in the time that it was given.",
  },
  reasons: { "not-measured": "nothing was measured" },
  source:
    'developers.openai.com/plugins/deploy/app-review and deploy/troubleshooting (September 2026): "a few hundred milliseconds"',
  run({ transport: { timings, kind }, resources, calls }) {
    const known = (Object.keys(SLOW) as (keyof ServerTimings)[]).filter((name) => timings[name] !== null);
    if (known.length === 0) return review("not-measured");
    const slow = known.flatMap((name): RawFinding<"slow">[] => {
      const ms = timings[name] ?? 0;
      const isStart = name === "initialize" && kind === "stdio";
      return ms > SLOW[name] && !isStart
        ? [
            found(
              "slow",
              { what: NAMES[name], seconds: (ms / 1000).toFixed(1) },
              { identity: ["what"], about: { request: REQUESTS[name] } },
            ),
          ]
        : [];
    });
    const silent = [
      ...resources.reads
        .filter(({ ms, error }) => ms === null && error !== null)
        .map(({ uri }) => ({ what: `resources/read of ${uri}`, about: { request: "resources/read", uri } })),
      ...unanswered(calls, "scenario"),
    ];
    return failOrPass([
      ...slow,
      ...silent.map(({ what, about }) => found("silent", { what }, { about })),
      // What was asked unasked may be long work, and we gave it less time than hosts do.
      ...unanswered(calls, "schema").map(({ what, about }) =>
        found("not-in-time", { what }, { severity: "info", about }),
      ),
    ]);
  },
});
