/** Server-sent events to every open page. */
import type { Response } from "express";
import type { ServerEvent } from "./types.ts";

/** Keeps idle connections from being closed on the way, milliseconds. */
const HEARTBEAT_MS = 20_000;

export class EventHub {
  readonly #open = new Set<Response>();
  readonly #heartbeat = setInterval(() => this.#write(": still here\n\n"), HEARTBEAT_MS).unref();

  add(response: Response): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.write(": open\n\n");
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
  }

  send(event: ServerEvent): void {
    this.#write(`data: ${JSON.stringify(event)}\n\n`);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#open) response.end();
  }

  #write(text: string): void {
    for (const response of this.#open) response.write(text);
  }
}
