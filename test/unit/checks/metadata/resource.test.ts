import resource from "../../../../harness/checks/metadata/resource.ts";
import { cases, contentOf, readOf, resourcesOf, toolOf, toolsOf, URI } from "../server-make.ts";

const reading = (given: Parameters<typeof readOf>[0]) => ({ resources: resourcesOf({ reads: [readOf(given)] }) });
const meta = (_meta: object) => ({ tools: toolsOf(toolOf({ _meta })) });

cases(resource, {
  fails: [
    ["it cannot be read", reading({ contents: [], error: "Resource not found" }), "unreadable error"],
    [
      "one that no tool names cannot be read",
      { resources: resourcesOf({ unreadable: [{ uri: "ui://detail", error: "gone" }] }) },
      "unreadable-listed warning",
    ],
    ["nothing is in it", reading({ contents: [contentOf({ bytes: 0 })] }), "no-content error"],
    ["text that is no HTML", reading({ contents: [contentOf({ markup: "none" })] }), "not-html error"],
    ["HTML without a doctype", reading({ contents: [contentOf({ markup: "fragment" })] }), "fragment info"],
    ["no content item", reading({ contents: [] }), "no-content error"],
    [
      "plain HTML, which has no bridge",
      reading({ contents: [contentOf({ mimeType: "text/html" })] }),
      ["mime error", "mime-listed warning"],
    ],
    ["no type", reading({ contents: [contentOf({ mimeType: null })] }), "mime error"],
    [
      "the form of before MCP Apps",
      reading({ contents: [contentOf({ mimeType: "text/html+skybridge" })] }),
      ["mime-legacy warning", "mime-listed warning"],
    ],
    ["two pages under one URI", reading({ contents: [contentOf(), contentOf()] }), "several-contents warning"],
    [
      "another scheme",
      reading({ uri: "https://acme.dev/w.html", contents: [contentOf({ uri: "https://acme.dev/w.html" })] }),
      ["scheme error", "unlisted info"],
    ],
    ["not on the list", { resources: resourcesOf({ listed: [] }) }, "unlisted info"],
    [
      "two keys, two pages",
      meta({ ui: { resourceUri: URI }, "openai/outputTemplate": "ui://old" }),
      "keys-differ warning",
    ],
    ["the flat key alone", meta({ "ui/resourceUri": URI }), "alias-only warning"],
  ],
  passes: [
    ["as it should be", {}, "pass"],
    ["both keys, one page", meta({ ui: { resourceUri: URI }, "openai/outputTemplate": URI }), "pass"],
    ["a space in the type", reading({ contents: [contentOf({ mimeType: "text/html; profile=mcp-app" })] }), "pass"],
    ["a server without resources/list", { resources: resourcesOf({ listed: null }) }, "pass"],
    ["a server without UI", { ...meta({}), resources: resourcesOf({ reads: [] }) }, "inapplicable no-ui"],
  ],
});
