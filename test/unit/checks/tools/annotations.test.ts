import annotations from "../../../../harness/checks/tools/annotations.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

const tool = (hints: unknown) => ({ tools: toolsOf(toolOf({ annotations: hints })) });

cases(annotations, {
  fails: [
    ["none", tool(undefined), "missing error"],
    ["one is missing", tool({ readOnlyHint: true, openWorldHint: false }), "missing error"],
    ["a title is no hint", tool({ title: "Weather" }), "missing error"],
    ["none, where nothing is reviewed", tool(undefined), "missing warning", false],
    [
      "the same on two tools is one finding, another is another",
      {
        tools: toolsOf(
          toolOf({ name: "a", annotations: undefined }),
          toolOf({ name: "b", annotations: {} }),
          toolOf({ name: "c", annotations: { readOnlyHint: true } }),
        ),
      },
      ["missing error", "missing error"],
    ],
  ],
  passes: [
    ["all three", {}, "pass"],
    [
      "all three, and a fourth",
      tool({ readOnlyHint: false, destructiveHint: true, openWorldHint: true, idempotentHint: false }),
      "pass",
    ],
    [
      "a wrong type is told by its type",
      tool({ readOnlyHint: "true", destructiveHint: false, openWorldHint: false }),
      "pass",
    ],
    ["no tool", { tools: { ...toolsOf(), entries: [] } }, "inapplicable no-tools"],
  ],
});
