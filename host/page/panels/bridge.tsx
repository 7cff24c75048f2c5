import { useState } from "react";
import type { BridgeMessage } from "../../../harness/model/evidence.ts";
import { Icon } from "../ui/icon.tsx";
import { JsonTree } from "../ui/json-tree.tsx";
import { Badge, bytes, Empty, Filter, matches } from "../ui/parts.tsx";
import { bridgeOf } from "./seen.ts";
import type { PanelProps } from "./types.ts";

const HANDSHAKE = {
  none: "The MCP Apps handshake was not begun.",
  "initialize-sent": "ui/initialize was sent, “initialized” has not followed.",
  initialized: "The MCP Apps handshake is complete.",
  rejected: "The handshake was rejected.",
} as const;

export default function BridgePanel(props: PanelProps) {
  const [filter, setFilter] = useState("");
  const bridge = bridgeOf(props);
  const messages = bridge?.messages ?? [];
  const shown = messages.filter((message) =>
    matches(filter, message.method, message.kind, message.direction, message.protocol, message.error),
  );
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <Filter
          label="Filter by method or direction"
          value={filter}
          onChange={setFilter}
          shown={shown.length}
          total={messages.length}
        />
      </div>
      {bridge ? (
        <p className="hint">
          {HANDSHAKE[bridge.handshake]}{" "}
          {bridge.surfaces.length > 0
            ? `In use: ${bridge.surfaces.map((surface) => (surface === "openai" ? "window.openai" : "MCP Apps")).join(" and ")}.`
            : ""}{" "}
          {bridge.dropped > 0 ? `${bridge.dropped} more were counted and not kept.` : ""}
        </p>
      ) : null}
      {bridge?.violations.map((violation) => (
        <p key={`${violation.rule} ${violation.detail}`} className="notice notice--bad">
          <Icon name="warn" size={16} />
          <span>
            <strong>{violation.rule}</strong> {violation.detail}
            {violation.count > 1 ? ` (×${violation.count})` : ""}
          </span>
        </p>
      ))}
      {messages.length === 0 ? (
        <Empty title="Silence">Messages between widget and host appear here, both ways.</Empty>
      ) : null}
      <ol className="messages">
        {shown.map((message, index) => (
          <Message key={index} message={message} />
        ))}
      </ol>
    </div>
  );
}

function Message({ message }: { readonly message: BridgeMessage }) {
  const [open, setOpen] = useState(false);
  const toHost = message.direction === "to-host";
  return (
    <li className={`message message--${message.direction}`}>
      <button type="button" className="message__head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="message__arrow" aria-hidden="true">
          {toHost ? "→" : "←"}
        </span>
        <span className="visually-hidden">{toHost ? "Widget to host" : "Host to widget"}</span>
        <span className="message__method">{message.method}</span>
        <span className="message__kind">
          {message.kind}
          {message.id === undefined ? "" : ` #${message.id}`}
        </span>
        {message.error ? <Badge tone="bad">error</Badge> : null}
        <span className="row__time">
          {bytes(message.bytes)} · {message.atMs} ms
        </span>
      </button>
      {message.error ? <p className="message__error">{message.error}</p> : null}
      {open ? <Payload message={message} /> : null}
    </li>
  );
}

function Payload({ message: { payload } }: { readonly message: BridgeMessage }) {
  return payload === undefined ? <p className="hint">No payload.</p> : <JsonTree value={payload} openDepth={3} />;
}
