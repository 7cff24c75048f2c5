import snapshotDocument from "../../../../harness/checks/snapshot/document.ts";
import { cases } from "../server-make.ts";
import { document, since, tool } from "../snapshot-make.ts";

cases(snapshotDocument, {
  fails: [["another page under the same URI", since(document({ sha256: "b".repeat(64) })), "changed warning"]],
  passes: [
    ["nothing changed", since(() => ({})), "pass"],
    ["another description", since(tool({ description: "x" })), "pass"],
    [
      "another page under another URI",
      since(document({ uri: "ui://weather/v2.html", sha256: "b".repeat(64) })),
      "pass",
    ],
    ["no snapshot", {}, "inapplicable no-snapshot"],
  ],
});
