import failedLoad from "../../../../harness/checks/network/failed-load.ts";
import type { NetworkAttempt } from "../../../../harness/model/evidence.ts";
import { cases } from "../cases.ts";
import { attempt, documentOf, type AttemptOf } from "../make.ts";

const answered = (kind: NetworkAttempt["kind"], status: number, more: Partial<AttemptOf<"allowed">> = {}) =>
  attempt({ kind, status, answeredBy: "recording", ...more });
const dead = (more: Partial<Exclude<AttemptOf<"failed">, { blockClass: "relative-url" }>> = {}) =>
  attempt({ kind: "script", outcome: "failed", blockClass: "other", error: "net::ERR_FAILED", ...more });
const at = (column: number, excerpt = "") => ({ url: "w.html", line: 1, column, excerpt });

cases(failedLoad, {
  fails: [
    ["a script's status", { network: [answered("script", 404)] }, "status error"],
    ["a font's status", { network: [answered("font", 404)] }, "status warning"],
    [
      "an answer of another type",
      { network: [answered("script", 200, { fault: "type", mimeType: "text/html" })] },
      "type error",
    ],
    ["the status before the type", { network: [answered("script", 404, { fault: "type" })] }, "status error"],
    ["a digest", { network: [answered("stylesheet", 200, { fault: "integrity" })] }, "integrity error"],
    ["a page that is not to be framed", { network: [dead({ kind: "frame", fault: "framing" })] }, "framing error"],
    [
      "what loads from its own origin alone",
      { network: [dead({ kind: "other", blockClass: "same-origin" })] },
      "same-origin error",
    ],
    ["no answer", { network: [dead()] }, "network error"],
    [
      "a port that no browser asks",
      { network: [dead({ kind: "fetch", error: "net::ERR_UNSAFE_PORT" })] },
      "network error",
    ],
    ["no answer to a fetch", { network: [dead({ kind: "fetch" })] }, "network warning"],
    ["a picture, nobody knows whether it shows", { network: [answered("image", 404)] }, "status warning"],
    [
      "a picture that stands broken",
      { network: [answered("image", 404)], document: documentOf({ broken: [{ url: attempt({}).url }] }) },
      "review broken-picture",
    ],
    [
      "a status that the network may give this machine alone",
      { network: [answered("script", 403, { answeredBy: "live" })] },
      "review only-here",
    ],
    [
      "a status that the network gives everyone",
      { network: [answered("script", 404, { answeredBy: "live" })] },
      "status error",
    ],
    [
      "another copy came instead",
      {
        network: [
          answered("script", 404, { url: "https://a.example/app.js", atMs: 1 }),
          answered("script", 200, { url: "https://b.example/app.js", atMs: 2 }),
        ],
      },
      "status warning",
    ],
    [
      "a file of another package with a name that any has",
      {
        network: [
          answered("script", 404, { url: "https://a.example/x/index.js", atMs: 1 }),
          answered("script", 200, { url: "https://b.example/y/index.js", atMs: 2 }),
        ],
      },
      "status error",
    ],
    [
      "another file of the page came",
      {
        network: [
          answered("script", 404, { url: "https://a.example/app.js", atMs: 1, where: at(10, "<script src=") }),
          answered("script", 200, { url: "https://a.example/more.js", atMs: 2, where: at(60, "<script src=") }),
        ],
      },
      "status error",
    ],
    [
      "a chunk that the code does without",
      {
        network: [
          answered("script", 404, { url: "https://a.example/de.js", atMs: 1, where: at(10, "import(u).catch(") }),
          answered("script", 200, { url: "https://a.example/en.js", atMs: 2, where: at(60) }),
        ],
      },
      "status warning",
    ],
  ],
  passes: [
    ["everything came", { network: [answered("script", 200)] }, "pass"],
    ["a fetch that was refused", { network: [answered("fetch", 404)] }, "pass"],
    ["a stub of ours", { network: [answered("font", 200, { answeredBy: "stub", fault: "format" })] }, "pass"],
    ["judged as CORS", { network: [dead({ blockClass: "cors" })] }, "pass"],
    ["refused by us", { network: [dead({ answeredBy: "refused" })] }, "pass"],
    ["nobody to ask", { network: [dead({ answeredBy: "unreachable", blockClass: "unreachable" })] }, "pass"],
    ["a beacon", { network: [answered("beacon", 404)] }, "pass"],
  ],
});
