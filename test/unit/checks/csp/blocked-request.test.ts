import blockedRequest from "../../../../harness/checks/csp/blocked-request.ts";
import { cases } from "../cases.ts";
import { attempt, blocked } from "../make.ts";

cases(blockedRequest, {
  fails: [
    [
      "one finding for an origin, directive and list",
      {
        network: [
          blocked(),
          blocked({ url: "https://api.example.com/y" }),
          blocked({ list: "resource", directive: "img-src", kind: "image" }),
        ],
      },
      ["undeclared error", "undeclared error"],
    ],
    [
      "a policy of the widget's own",
      {
        network: [
          blocked({ blockClass: "own-policy" }),
          blocked({ blockClass: "own-policy", list: null, kind: "inline" }),
        ],
      },
      ["own-policy error", "own-policy error"],
    ],
    ["reached by a redirect", { network: [blocked({ redirectedFrom: ["https://a.example/"] })] }, "redirected error"],
    [
      "a socket",
      { network: [blocked({ kind: "websocket", url: "wss://s.example/", origin: "wss://s.example" })] },
      "websocket error",
    ],
  ],
  passes: [
    [
      "the socket of a development server's client",
      {
        network: [
          attempt({ kind: "script", url: "https://dev.example/@vite/client" }),
          blocked({ kind: "websocket", url: "wss://dev.example/?token=a", origin: "wss://dev.example" }),
        ],
      },
      "pass",
    ],
    ["allowed", { network: [attempt({})] }, "pass"],
    ["failed for another cause", { network: [attempt({ outcome: "failed", blockClass: "cors" })] }, "pass"],
    ["no list can allow it", { network: [blocked({ list: null })] }, "pass"],
  ],
});
