import statusText from "../../../../harness/checks/tools/status-text.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

const texts = (invoking?: unknown, invoked?: unknown) => ({
  tools: toolsOf(
    toolOf({ _meta: { "openai/toolInvocation/invoking": invoking, "openai/toolInvocation/invoked": invoked } }),
  ),
});

cases(statusText, {
  fails: [
    ["65 characters", texts("a".repeat(65), "Done"), "long error"],
    ["nothing in it", texts("Working", " "), "empty warning"],
    ["one alone", texts("Working"), "alone info"],
  ],
  passes: [
    ["none", {}, "pass"],
    ["64 characters", texts("a".repeat(64), "Done"), "pass"],
    ["no texts: told by their type", texts(3, true), "pass"],
  ],
});
