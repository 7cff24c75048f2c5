import snapshotSubmission from "../../../../harness/checks/snapshot/submission.ts";
import { cases } from "../server-make.ts";
import { document, since, tool } from "../snapshot-make.ts";

const described = tool({ description: "Shows the weather." });

cases(snapshotSubmission, {
  fails: [
    ["a description", since(described), "scan error"],
    ["a hint", since(tool({ annotations: { readOnlyHint: false } })), "scan error"],
    ["a policy", since(document({ meta: {} })), ["scan error", "scan error", "scan error"]],
    ["a tool that was not there", since(() => ({ tools: [] })), "scan error"],
    ["declared", since(described, { release: true }), "declared info"],
    [
      "another origin, declared or not",
      since(() => ({ server: { origin: "https://old.acme.dev", path: "/mcp" } }), { release: true }),
      "app error",
    ],
  ],
  passes: [
    ["nothing changed", since(() => ({})), "pass"],
    ["the document alone", since(document({ sha256: "b".repeat(64) })), "pass"],
    [
      "an optional field more",
      since(tool({ inputSchema: { type: "object", properties: {}, required: ["city"], additionalProperties: false } })),
      "pass",
    ],
    ["no snapshot", {}, "inapplicable no-snapshot"],
  ],
});
