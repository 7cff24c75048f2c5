/** What was said in the conversation, and by whom. A widget's words are always shown as the widget's. */
import type { ReactNode } from "react";
import type { WidgetView } from "../../server/types.ts";
import type { Said } from "../state/use-conversation.ts";
import { Icon } from "../ui/icon.tsx";

export function SaidTurn({ said }: { readonly said: Said }) {
  if (said.kind === "message")
    return (
      <div className="turn turn--user turn--by-widget">
        <p className="bubble">{said.text}</p>
        <p className="turn__by">Sent by the widget {said.widget} as the user’s turn; the model would answer it here.</p>
      </div>
    );
  if (said.kind === "close") return <Notice>The widget {said.widget} asked to be closed.</Notice>;
  return (
    <Notice>
      The widget asked to open <span className="mono">{said.text}</span>.{" "}
      {said.safe
        ? "ChatGPT opens it: its origin is in redirect_domains."
        : "ChatGPT asks the user first: its origin is not in redirect_domains."}
    </Notice>
  );
}

export function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <p className="notice">
      <Icon name="info" size={16} />
      <span>{children}</span>
    </p>
  );
}

/** The tool's input in words, as a person might have asked. */
export function askedFor(widget: WidgetView, input: unknown): string {
  const entries =
    typeof input === "object" && input !== null
      ? Object.entries(input)
          .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
          .slice(0, 4)
      : [];
  const what = widget.tool?.title ?? widget.tool?.name ?? "show me";
  return entries.length === 0
    ? what
    : `${what}: ${entries.map(([key, value]) => `${key} ${String(value).slice(0, 60)}`).join(", ")}`;
}
