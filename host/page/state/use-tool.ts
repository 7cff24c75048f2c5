/** Runs the widget's tool for real; what it returned replaces the scenario's output until another widget is shown. */
import { useState } from "react";
import type { ToolResult } from "../../emulator/bridge/types.ts";
import type { WidgetView } from "../../server/types.ts";
import { serverPort } from "../api.ts";

export interface ToolRun {
  /** null until the tool was run. */
  readonly result: ToolResult | null;
  readonly running: boolean;
  readonly run: (scenario: string, input: unknown) => void;
  /** Takes what a widget's tool answered elsewhere. */
  readonly take: (widget: string, result: ToolResult) => void;
}

export function useTool({ name, tool }: WidgetView): ToolRun {
  const [ran, setRan] = useState<{ readonly widget: string; readonly result: ToolResult } | null>(null);
  const [running, setRunning] = useState(false);
  const run = (scenario: string, input: unknown) => {
    setRunning(true);
    serverPort(name, scenario)
      .callTool(tool?.name ?? name, (input ?? {}) as Readonly<Record<string, unknown>>)
      .then((result) => result as ToolResult, failed)
      .then((result) => {
        setRan({ widget: name, result });
        setRunning(false);
      })
      .catch((error: unknown) => reportError(error));
  };
  return {
    result: ran?.widget === name ? ran.result : null,
    running,
    run,
    take: (widget, result) => setRan({ widget, result }),
  };
}

const failed = (error: unknown): ToolResult => ({
  isError: true,
  content: [{ type: "text", text: error instanceof Error ? error.message : String(error) }],
});
