import displayMode from "../../../../harness/checks/expect/display-mode.ts";
import { cases } from "../cases.ts";
import { expecting, message, saying } from "./make.ts";

const full = { displayMode: "fullscreen" } as const;
const asked = (mode: string) => message({ method: "requestDisplayMode", payload: { mode } });

cases(displayMode, {
  fails: [
    ["none", expecting(full), "missing error"],
    ["another", { ...expecting(full), ...saying(asked("pip")) }, "missing error"],
    ["one that must not be", { ...expecting({ not: full }), ...saying(asked("fullscreen")) }, "present error"],
    [
      "the host told of it, and the widget did not ask",
      { ...expecting(full), ...saying({ ...asked("fullscreen"), direction: "to-widget", kind: "response" }) },
      "missing error",
    ],
  ],
  passes: [
    ["by window.openai", { ...expecting(full), ...saying(asked("fullscreen")) }, "pass"],
    [
      "by MCP Apps",
      {
        ...expecting(full),
        ...saying(
          message({ protocol: "mcp-apps", method: "ui/request-display-mode", payload: { mode: "fullscreen" } }),
        ),
      },
      "pass",
    ],
    ["another may be", { ...expecting({ not: full }), ...saying(asked("pip")) }, "pass"],
  ],
});
