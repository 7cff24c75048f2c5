/** Handlers of protocol events, by name: each is given the parameters of its own event. */
import type { EventName, EventOf, ProtocolEvent } from "../browser/protocol.ts";
import type { FrameRole } from "../../model/raw-log.ts";
import { roleOf, type Session } from "./session.ts";

/** Role of a frame of the session; of its own document without an id. */
export type RoleOf = (frameId?: string) => FrameRole;
export type Handlers = {
  readonly [M in EventName]?: (session: Session, params: EventOf<M>, role: RoleOf) => void;
};

export function handle(handlers: Handlers, { method, params }: ProtocolEvent, session: Session): void {
  // The event's type pairs the name with its parameters; one lookup of both is more than the compiler follows.
  const handler = handlers[method] as ((session: Session, params: unknown, role: RoleOf) => void) | undefined;
  handler?.(session, params, (frameId) => roleOf(session, frameId));
}
