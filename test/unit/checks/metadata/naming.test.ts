import naming from "../../../../harness/checks/metadata/naming.ts";
import { cases, identityOf, toolOf, toolsOf } from "../server-make.ts";

const tool = (given: Readonly<Record<string, unknown>>) => ({ tools: toolsOf(toolOf(given)) });
const server = (given: Parameters<typeof identityOf>[0]) => ({ identity: identityOf(given) });

cases(naming, {
  fails: [
    ["a dot in the name", tool({ name: "weather.show" }), "name-form warning"],
    ["a long name", tool({ name: "a".repeat(65) }), "name-long error"],
    ["one name twice", { tools: toolsOf(toolOf(), toolOf()) }, "twice error"],
    ["no description", tool({ description: undefined }), "no-description error"],
    ["white space", tool({ description: "  \n" }), "no-description error"],
    ["none, where nothing is reviewed", tool({ description: undefined }), "no-description warning", false],
    ["the name again", tool({ name: "show_weather", description: "Show weather." }), "thin-description info"],
    ["a book", tool({ description: "Shows the weather. ".repeat(300) }), "long-description warning"],
    ["no title", tool({ title: undefined }), "no-title info"],
    ["a server without a version", server({ version: "" }), "server-name warning"],
    ["a long title", server({ title: "Weather of every city in the world" }), "display-long info"],
    ["long instructions", server({ instructions: "Call it. ".repeat(80) }), "instructions-long info"],
    ["a title that praises", tool({ title: "Official weather" }), "boastful warning"],
    ["a tool that praises itself", tool({ name: "best_weather" }), "boastful warning"],
  ],
  passes: [
    ["all as they should be", {}, "pass"],
    ["64 characters", tool({ name: "a".repeat(64) }), "pass"],
    ["a title among the annotations", tool({ title: undefined, annotations: { title: "Weather" } }), "pass"],
    ["the best of what it finds", tool({ name: "find_best_route", title: "Find the best route" }), "pass"],
    ["a short sentence in Japanese", tool({ description: "天気を表示" }), "pass"],
    ["a word that holds best", tool({ name: "find_bestseller" }), "pass"],
    [
      "a long title, where nothing is submitted",
      server({ title: "Weather of every city in the world" }),
      "pass",
      false,
    ],
  ],
});
