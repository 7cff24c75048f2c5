import cors from "../../../../harness/checks/network/cors.ts";
import { cases } from "../cases.ts";
import { attempt, type AttemptOf } from "../make.ts";

const headers = (allowOrigin: string | null, resourcePolicy: string | null = null) => ({
  allowOrigin,
  resourcePolicy,
  requestOrigin: "https://w.web-sandbox.oaiusercontent.com",
});
type CorsFailure = Exclude<AttemptOf<"failed">, { blockClass: "relative-url" }>;
const failed = (given: Partial<CorsFailure>) =>
  attempt({ outcome: "failed", blockClass: "cors", answeredBy: "live", ...given });

cases(cors, {
  fails: [
    ["no header", { network: [failed({ cors: headers(null) })] }, "missing error"],
    ["another origin's header", { network: [failed({ cors: headers("https://chatgpt.com") })] }, "other error"],
    [
      "kept for its own site",
      { network: [failed({ blockClass: "corp", cors: headers("*", "same-origin") })] },
      "corp error",
    ],
    ["refused, nobody knows why", { network: [failed({})] }, "refused error"],
    [
      "a mock that says what headers its code has, and not that one",
      { network: [failed({ kind: "script", answeredBy: "mock", cors: headers(null) })] },
      "missing-in-mock error",
    ],
    [
      "a mock of a font that does",
      { network: [failed({ kind: "font", answeredBy: "mock", cors: headers(null) })] },
      "missing-in-mock warning",
    ],
    [
      "a mock that welcomes another origin",
      { network: [failed({ answeredBy: "mock", cors: headers("https://chatgpt.com") })] },
      "other error",
    ],
  ],
  passes: [
    ["accepted", { network: [attempt({ answeredBy: "live", cors: headers("*") })] }, "pass"],
    ["failed for another cause", { network: [failed({ blockClass: "other" })] }, "pass"],
    ["a stub of ours", { network: [failed({ answeredBy: "stub", cors: headers(null) })] }, "inapplicable no-answer"],
  ],
});
