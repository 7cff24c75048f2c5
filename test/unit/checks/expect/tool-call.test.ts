import toolCall from "../../../../harness/checks/expect/tool-call.ts";
import { cases } from "../cases.ts";
import { bridgeOf } from "../make.ts";
import { expecting, inStep, message, saying } from "./make.ts";

const wanted = { tool: "reserve", with: { room: { beds: 2 }, days: [1, 2] } };
const call = message({ payload: ["reserve", { room: { beds: 2, sea: true }, days: [1, 2], pay: "card" }] });
const other = message({ payload: ["reserve", { room: { beds: 2 }, days: [1, 2, 3] }] });

cases(toolCall, {
  fails: [
    ["no call", expecting(wanted), "missing error"],
    ["a longer list", { ...expecting(wanted), ...saying(other) }, "missing error"],
    ["another tool", { ...expecting({ tool: "pay" }), ...saying(call) }, "missing error"],
    ["a call that must not be", { ...expecting({ not: { tool: "reserve" } }), ...saying(call) }, "present error"],
    ["later than the step", { ...inStep(wanted, { messages: 0 }), ...saying(call) }, "missing error"],
    [
      "an answer of the host's is no call",
      { ...expecting(wanted), ...saying({ ...call, direction: "to-widget" }) },
      "missing error",
    ],
    [
      "a call of which only the beginning is kept",
      { ...expecting(wanted), ...saying(message({ payload: { clipped: '["reserve",{"room"', bytes: 9000 } })) },
      "review clipped",
    ],
    [
      "messages that were not kept",
      { ...expecting({ not: wanted }), bridge: bridgeOf({ dropped: 3 }) },
      "review dropped",
    ],
  ],
  passes: [
    ["with more than these arguments", { ...expecting(wanted), ...saying(call) }, "pass"],
    ["with any arguments", { ...expecting({ tool: "reserve" }), ...saying(other) }, "pass"],
    [
      "by MCP Apps",
      {
        ...expecting(wanted),
        ...saying(
          message({
            protocol: "mcp-apps",
            method: "tools/call",
            payload: { name: "reserve", arguments: { room: { beds: 2 }, days: [1, 2] } },
          }),
        ),
      },
      "pass",
    ],
    ["with other arguments than are ruled out", { ...expecting({ not: wanted }), ...saying(other) }, "pass"],
    ["by the step", { ...inStep(wanted, { messages: 1 }), ...saying(call, other) }, "pass"],
  ],
});
