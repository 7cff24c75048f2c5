/** Messages to and from a browser: over `--remote-debugging-pipe`, where each ends with a NUL. */
import type { Readable, Writable } from "node:stream";

/** A connection that carries whole texts. Both listeners are set once; what arrives before is kept for them. */
export interface Transport {
  send(text: string): void;
  close(): void;
  listen(onText: (text: string) => void, onEnd: () => void): void;
}

const NUL = "\0";

export class PipeTransport implements Transport {
  #onText: (text: string) => void = () => undefined;
  #onEnd: () => void = () => undefined;
  #hasEnded = false;
  #out: string[] = [];
  /** Parts of a message whose end has not arrived. */
  #parts: Buffer[] = [];
  readonly #into: Writable;
  readonly #outOf: Readable;

  constructor(into: Writable, outOf: Readable) {
    this.#into = into;
    this.#outOf = outOf;
    const end = () => {
      this.#hasEnded = true;
      this.#onEnd();
    };
    // A broken pipe is a browser that is gone.
    into.on("error", end);
    outOf.on("error", end);
    outOf.on("close", end);
  }

  listen(onText: (text: string) => void, onEnd: () => void): void {
    [this.#onText, this.#onEnd] = [onText, onEnd];
    this.#outOf.on("data", (chunk: Buffer) => this.#take(chunk));
    // A browser that was started ahead may be gone before anybody listens.
    if (this.#hasEnded) onEnd();
  }

  /** What is sent in one turn is written at once. */
  send(text: string): void {
    if (this.#out.length === 0) queueMicrotask(() => this.#flush());
    this.#out.push(text, NUL);
  }

  close(): void {
    this.#into.destroy();
    this.#outOf.destroy();
  }

  #flush(): void {
    const text = this.#out.join("");
    this.#out = [];
    if (this.#into.writable) this.#into.write(text);
  }

  #take(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
      const last = chunk.subarray(from, end);
      from = end + 1;
      if (this.#parts.length === 0) this.#onText(last.toString("utf8"));
      else {
        const whole = Buffer.concat([...this.#parts, last]);
        this.#parts = [];
        this.#onText(whole.toString("utf8"));
      }
    }
    if (from < chunk.length) this.#parts.push(chunk.subarray(from));
  }
}
