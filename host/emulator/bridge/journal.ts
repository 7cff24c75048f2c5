/** Reports messages both ways, sized and capped, so that a flood costs us a number and no memory. */
import type { BridgeEvent } from "./types.ts";

/** Messages reported one by one; more are counted. */
const MESSAGE_LIMIT = 1000;
/** Characters of a payload that is reported whole; a longer one is cut, and scanned as far as it goes. */
const PAYLOAD_LIMIT = 262_144;
/** Dropped messages are told in steps, so that a flood is not itself a flood of events. */
const DROP_STEP = 1000;

type Message = Extract<BridgeEvent, { type: "message" }>;

export class Journal {
  #reported = 0;
  #dropped = 0;

  constructor(readonly emit: (event: BridgeEvent) => void) {}

  message(
    message: Pick<Message, "direction" | "protocol" | "kind" | "method"> & {
      readonly id?: string | number;
      readonly payload?: unknown;
      readonly error?: string;
    },
  ): void {
    if (this.#reported >= MESSAGE_LIMIT) {
      if (++this.#dropped % DROP_STEP === 0) this.flush();
      return;
    }
    this.#reported++;
    const { payload, bytes } = sized(message.payload);
    const { id, error } = message;
    this.emit({
      type: "message",
      direction: message.direction,
      protocol: message.protocol,
      kind: message.kind,
      method: message.method,
      bytes,
      ...(id === undefined ? {} : { id }),
      ...(payload === undefined ? {} : { payload }),
      ...(error === undefined ? {} : { error }),
    });
  }

  /** Tells what was dropped since the last time. */
  flush(): void {
    if (this.#dropped > 0) this.emit({ type: "dropped", count: this.#dropped });
    this.#dropped = 0;
  }
}

/** Of functions and symbols there is no JSON, which the library's type does not say. */
const jsonOf: (value: unknown) => string | undefined = JSON.stringify;

/** A payload as JSON data; what cannot be written as JSON is described. */
function sized(value: unknown): { readonly payload: unknown; readonly bytes: number } {
  if (value === undefined) return { payload: undefined, bytes: 0 };
  let text: string | undefined;
  try {
    text = jsonOf(value);
  } catch (error) {
    return { payload: { unserialisable: (error as Error).message.slice(0, 200) }, bytes: 0 };
  }
  if (text === undefined) return { payload: { unserialisable: typeof value }, bytes: 0 };
  if (text.length <= PAYLOAD_LIMIT) return { payload: JSON.parse(text) as unknown, bytes: text.length };
  return { payload: { clipped: text.slice(0, PAYLOAD_LIMIT), bytes: text.length }, bytes: text.length };
}
