import visibility from "../../../../harness/checks/metadata/visibility.ts";
import { cases, toolOf, toolsOf, URI } from "../server-make.ts";

const meta = (_meta: object) => ({ tools: toolsOf(toolOf({ _meta })) });
const ui = (values: unknown, more: object = {}) => meta({ ui: { visibility: values }, ...more });

cases(visibility, {
  fails: [
    ["a value of no host", ui(["widget", "model"]), "unknown-value error"],
    ["nobody", ui([]), "empty error"],
    [
      "a UI for a tool that only apps call",
      meta({ ui: { visibility: ["app"], resourceUri: URI } }),
      "private-ui warning",
    ],
    ["an old key that contradicts", ui(["model"], { "openai/widgetAccessible": true }), "legacy-contradicts warning"],
    [
      "private, and for the model",
      ui(["model", "app"], { "openai/visibility": "private" }),
      "legacy-contradicts warning",
    ],
    ["beside ui", meta({ visibility: ["app"] }), "misplaced warning"],
  ],
  passes: [
    ["none said, which is both", {}, "pass"],
    ["for apps alone, without a UI", ui(["app"]), "pass"],
    [
      "both, with an old key that agrees",
      ui(["model", "app"], { "openai/widgetAccessible": true, "openai/visibility": "public" }),
      "pass",
    ],
    ["private and for apps alone", ui(["app"], { "openai/visibility": "private" }), "pass"],
  ],
});
