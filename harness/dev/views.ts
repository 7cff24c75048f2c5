/** Widgets as the page sees them, with a revision that grows when anything of them changes. */
import type { Problem, WidgetView } from "../../host/server/types.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Widget } from "../model/widget.ts";
import type { Hiding } from "../scan/index.ts";

/** A widget with the number of its version. */
export interface Held {
  readonly widget: Widget;
  readonly revision: number;
}

/** The same revision when the document, what it declares and what it is given are as before. */
export function held(widget: Widget, before: Held | undefined): Held {
  if (before === undefined) return { widget, revision: 1 };
  return { widget, revision: identity(widget) === identity(before.widget) ? before.revision : before.revision + 1 };
}

const identity = ({ html, meta, mimeType, scenarios, tool, serverOrigin, name, source }: Widget): string =>
  JSON.stringify([html, meta, mimeType, scenarios, tool, serverOrigin, name, source]);

/** @param hiding of what the user gave; the values of a scenario are what the widget is shown with, and stay as they are */
export function viewOf({ widget, revision }: Held, problem: Problem | null, hiding: Hiding): WidgetView {
  const { name, source, meta, mimeType, tool, scenarios, serverOrigin, server } = widget;
  return {
    name,
    revision,
    source: hiding.every(source),
    meta,
    mimeType,
    serverOrigin,
    hasServer: server !== undefined,
    problem: hiding.every(problem),
    scenarios: scenarios.length > 0 ? scenarios : [{ name: "default" }],
    tool: tool
      ? {
          name: tool.name,
          ...(tool.title ? { title: tool.title } : {}),
          ...(tool.description ? { description: tool.description } : {}),
          ...(tool.inputSchema === undefined ? {} : { inputSchema: tool.inputSchema }),
        }
      : null,
  };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof SandglassError) return { code: error.code, message: error.message, next: error.next };
  return {
    code: "INTERNAL",
    message: messageOf(error),
    next: "This is a fault of Sandglass: run again with SANDGLASS_DEBUG=1 and report what it prints.",
  };
}
