/** What the widget receives: the scenario, with the user's edits over it. */
import type { ToolResult } from "../../emulator/bridge/types.ts";
import { toolResultOf as resultOf } from "../../emulator/host-state.ts";
import type { WidgetView } from "../../server/types.ts";
import type { Scenario } from "../../../harness/model/widget.ts";
import type { View } from "./view.ts";

export interface Given {
  readonly scenario: Scenario;
  readonly toolInput: unknown;
  readonly toolOutput: unknown;
  readonly meta: unknown;
  readonly widgetState: unknown;
  readonly content: readonly unknown[];
  readonly isError: boolean;
}

export function givenTo(widget: WidgetView, view: View, ran: ToolResult | null): Given {
  const scenario = widget.scenarios.find(({ name }) => name === view.scenario) ??
    widget.scenarios[0] ?? { name: "default" };
  const { edits } = view;
  const pick = (name: "toolInput" | "toolOutput" | "meta" | "widgetState", fallback: unknown) =>
    Object.hasOwn(edits, name) ? edits[name] : fallback;
  const { inventedResult: _made, noResult: _none, ...seen } = scenario;
  return {
    // With a result of its own the widget is seen at work.
    scenario: ran || Object.hasOwn(edits, "toolOutput") ? seen : scenario,
    toolInput: pick("toolInput", scenario.toolInput ?? {}),
    toolOutput: pick("toolOutput", ran ? ran.structuredContent : scenario.toolOutput),
    meta: pick("meta", ran ? ran._meta : scenario._meta),
    widgetState: pick("widgetState", scenario.widgetState ?? null),
    content: ran?.content ?? scenario.content ?? [],
    isError: ran?.isError ?? scenario.isError ?? false,
  };
}

export function toolResultOf({ content, isError, toolOutput, meta }: Given): ToolResult {
  return resultOf({
    content,
    isError,
    ...(toolOutput === null ? {} : { toolOutput }),
    ...(meta === null ? {} : { _meta: meta }),
  });
}
