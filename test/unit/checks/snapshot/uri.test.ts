import snapshotUri from "../../../../harness/checks/snapshot/uri.ts";
import { cases } from "../server-make.ts";
import { document, older, since } from "../snapshot-make.ts";

const kept = [{ uri: "ui://weather/v2.html", mimeType: "text/html;profile=mcp-app", sha256: "c".repeat(64), meta: {} }];

cases(snapshotUri, {
  fails: [
    ["gone", since(older), "gone error"],
    ["gone, and declared", since(document({ uri: "ui://weather/v2.html" }), { release: true }), "gone error"],
  ],
  passes: [
    ["kept beside the new one", since(older, { kept }), "pass"],
    ["nothing changed", since(() => ({})), "pass"],
    ["no snapshot", {}, "inapplicable no-snapshot"],
  ],
});
