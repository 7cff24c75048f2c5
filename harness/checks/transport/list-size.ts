import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass } from "../define-check.ts";
import { found } from "../shared/servers.ts";

/** What the model reads before it reads the user: 60 kB are some 15,000 tokens. */
const MANY_BYTES = 60_000;
const MANY_TOOLS = 40;
/** A document that is fetched for every card, bytes. */
const LARGE_DOCUMENT = 5_000_000;

export default defineServerCheck({
  id: "transport/list-size",
  title: "Lists and documents are of a size that hosts take",
  severity: "warning",
  needs: ["tools", "resources"],
  messages: {
    endless:
      "tools/list has no end: page {pages} names another one still. A client that reads all of it is held for ever, or gives up.",
    bytes: "tools/list has {kilobytes} kB: the model reads all of it in every conversation.",
    count: "The server lists {count} tools: models choose badly among that many.",
    document: "{uri} has {megabytes} MB: it is fetched for the first card of every conversation.",
  },
  source:
    "developers.openai.com/plugins/plan/tools (September 2026): few tools, short descriptions; claude-ai-mcp #61 (2026-08-20) on large lists",
  run({ tools, resources }) {
    const large = resources.reads.flatMap(({ uri, contents }) => {
      const bytes = contents.reduce((sum, content) => sum + content.bytes, 0);
      return bytes > LARGE_DOCUMENT ? [{ uri, megabytes: (bytes / 1_000_000).toFixed(1) }] : [];
    });
    const { length: count } = tools.entries;
    return failOrPass([
      ...(tools.hasNoEnd ? [found("endless", { pages: tools.pages }, { severity: "error", identity: [] })] : []),
      ...(tools.bytes > MANY_BYTES
        ? [found("bytes", { kilobytes: Math.round(tools.bytes / 1000) }, { identity: [] })]
        : []),
      ...(count > MANY_TOOLS ? [found("count", { count }, { identity: [] })] : []),
      ...large.map((data) => found("document", data, { identity: ["uri"] })),
    ]);
  },
});
