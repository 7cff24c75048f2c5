import told from "../../../../harness/checks/expect/message.ts";
import { cases } from "../cases.ts";
import { expecting, message, saying } from "./make.ts";

const prompt = message({ method: "sendFollowUpMessage", payload: { prompt: "Book table 4" } });
const spoken = message({
  protocol: "mcp-apps",
  method: "ui/message",
  payload: { role: "user", content: [{ type: "text", text: "Book table 4" }] },
});
const context = message({
  protocol: "mcp-apps",
  method: "ui/update-model-context",
  payload: {
    content: [{ type: "text", text: "The user looks at Lisbon" }],
    structuredContent: { city: "Lisbon", page: 2 },
  },
});
const state = message({ method: "setWidgetState", kind: "notification", payload: { city: "Lisbon" } });

cases(told, {
  fails: [
    ["another message", { ...expecting({ message: "Book table 5" }), ...saying(prompt, spoken) }, "missing error"],
    ["who speaks is no text", { ...expecting({ message: "user" }), ...saying(spoken) }, "missing error"],
    ["a message that must not be", { ...expecting({ not: { message: "table" } }), ...saying(spoken) }, "present error"],
    ["context is no message", { ...expecting({ message: "Lisbon" }), ...saying(context) }, "missing error"],
    ["other fields", { ...expecting({ context: { city: "Porto" } }), ...saying(context, state) }, "missing error"],
    [
      "a message too long to be kept whole",
      {
        ...expecting({ message: "Book" }),
        ...saying(message({ method: "ui/message", payload: { clipped: '{"role"', bytes: 9000 } })),
      },
      "review clipped",
    ],
  ],
  passes: [
    ["a part of the message", { ...expecting({ message: "table 4" }), ...saying(prompt) }, "pass"],
    ["by MCP Apps", { ...expecting({ message: "Book table" }), ...saying(spoken) }, "pass"],
    ["another must not be", { ...expecting({ not: { message: "table 5" } }), ...saying(prompt) }, "pass"],
    ["text of the context", { ...expecting({ context: "looks at Lisbon" }), ...saying(context) }, "pass"],
    ["a number of the context", { ...expecting({ context: "2" }), ...saying(context) }, "pass"],
    ["fields of the context", { ...expecting({ context: { city: "Lisbon" } }), ...saying(context) }, "pass"],
    ["fields of the widget's state", { ...expecting({ context: { city: "Lisbon" } }), ...saying(state) }, "pass"],
  ],
});
