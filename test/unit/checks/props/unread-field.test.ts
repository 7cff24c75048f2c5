import unreadField from "../../../../harness/checks/props/unread-field.ts";
import { propsWith } from "./detected.ts";
import { cases } from "../cases.ts";

const reads = (fields: Readonly<Record<string, "read" | "walked" | "unread">>) => ({
  props: propsWith({
    reads: { fields: Object.entries(fields).map(([path, state]) => ({ path, state, bytes: 800 })), opaque: [] },
  }),
});

cases(unreadField, {
  fails: [
    ["a field that nobody read", reads({ "$.a": "unread", "$.b": "read" }), "unread info"],
    ["nothing was read", reads({ "$.a": "unread" }), "nothing info"],
    ["a field that was walked over", reads({ "$.a": "walked", "$.b": "read" }), "review walked"],
    [
      "the value left our sight",
      {
        props: propsWith({
          reads: { fields: [{ path: "$.a", state: "unread", bytes: 1 }], opaque: ["structuredClone"] },
        }),
      },
      "review out-of-sight",
    ],
  ],
  passes: [
    ["every field was read", reads({ "$.a": "read" }), "pass"],
    ["no fields", reads({}), "inapplicable no-fields"],
    ["no reads", { props: propsWith() }, "inapplicable not-recorded"],
  ],
});
