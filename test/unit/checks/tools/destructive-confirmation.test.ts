import toolsDestructiveConfirmation from "../../../../harness/checks/tools/destructive-confirmation.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

const tool = (name: string, annotations: object | undefined, fields: object = {}) => ({
  tools: toolsOf(toolOf({ name, annotations, inputSchema: { type: "object", properties: fields } })),
});
const TRUE = { readOnlyHint: false, destructiveHint: true, openWorldHint: false };

cases(toolsDestructiveConfirmation, {
  fails: [
    ["it says that it only reads", tool("delete_note", { readOnlyHint: true }), "not-asked warning"],
    ["camel case", tool("deleteNote", { readOnlyHint: true }), "not-asked warning"],
    ["neither destructive nor open", tool("pay-invoice", { ...TRUE, destructiveHint: false }), "not-asked warning"],
    ["the model confirms", tool("wipe", TRUE, { confirm: { type: "boolean" } }), "model-confirms warning"],
    ["destructive by its annotation", tool("archive", TRUE, { force: { type: "boolean" } }), "model-confirms warning"],
  ],
  passes: [
    ["annotated", tool("delete_note", TRUE), "pass"],
    ["nothing said: tools/annotations", tool("delete_note", undefined), "pass"],
    [
      "open to the world is asked about",
      tool("send_mail", { ...TRUE, destructiveHint: false, openWorldHint: true }),
      "pass",
    ],
    ["a word that only begins so", tool("sender_list", { readOnlyHint: true }), "inapplicable none"],
    ["it only reads", { tools: toolsOf() }, "inapplicable none"],
  ],
});
