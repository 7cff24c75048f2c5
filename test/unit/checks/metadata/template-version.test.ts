import templateVersion from "../../../../harness/checks/metadata/template-version.ts";
import { cases, readOf, resourcesOf } from "../server-make.ts";

const at = (...uris: string[]) => ({ resources: resourcesOf({ reads: uris.map((uri) => readOf({ uri })) }) });

cases(templateVersion, {
  fails: [
    ["a name alone", at("ui://weather/card.html"), "unversioned info"],
    ["two of them are one finding", at("ui://a/mcp-app.html", "ui://b/mcp-app.html"), "unversioned info"],
    ["letters that are no hash", at("ui://weather/facade.html"), "unversioned info"],
  ],
  passes: [
    ["a version", at("ui://weather/v3.html"), "pass"],
    ["a version after an at", at("ui://weather@1.2.0/card.html"), "pass"],
    ["a hash", at("ui://weather/card-3f9ac2b1.html"), "pass"],
    ["a hash as bundlers write it", at("ui://weather/card-B7xQ1zKp.html"), "pass"],
    ["a date", at("ui://weather/2026-11-02"), "pass"],
    ["a query", at("ui://weather/card.html?v=2"), "pass"],
    ["a name alone, where nothing is kept", at("ui://weather/card.html"), "inapplicable not-asked", false],
    ["a server without UI", at(), "inapplicable no-ui"],
  ],
});
