import snapshotWiderSchema from "../../../../harness/checks/snapshot/wider-schema.ts";
import { cases } from "../server-make.ts";
import { since, tool } from "../snapshot-make.ts";

const narrower = tool({ outputSchema: { type: "object", properties: {}, required: [] } });
const other = tool({
  outputSchema: { type: "object", properties: { degrees: { type: "string" } }, required: ["degrees"] },
});

cases(snapshotWiderSchema, {
  fails: [["a field more in the result", since(narrower), "grew warning"]],
  passes: [
    ["declared", since(narrower, { release: true }), "pass"],
    ["another type: snapshot/submission", since(other), "pass"],
    ["no snapshot", {}, "inapplicable no-snapshot"],
  ],
});
