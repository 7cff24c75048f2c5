/** Where the browser comes back to after the user has decided: a page on loopback that is served once (RFC 8252, 7.3). */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf, SandglassError } from "../model/errors.ts";

const PATH = "/callback";

export interface Returned {
  readonly code: string;
  readonly iss?: string;
}

export interface Loopback {
  readonly url: string;
  /** What the browser brings. @throws SandglassError `LOGIN_FAILED` when the user refused, the state is not ours, or time is up */
  waitFor(state: string, patienceMs: number): Promise<Returned>;
  close(): void;
}

/** @param port 0: any */
export async function openLoopback(port = 0): Promise<Loopback> {
  let arrive: (query: URLSearchParams) => void = () => undefined;
  const arrived = new Promise<URLSearchParams>((resolve) => {
    arrive = resolve;
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const isOurs = request.method === "GET" && url.pathname === PATH;
    response.writeHead(isOurs ? 200 : 404, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
    response.end(isOurs ? "Sandglass has what it needs. You may close this page.\n" : "Not here.\n");
    if (isOurs) arrive(url.searchParams);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(failed(`Port ${port} of loopback cannot be used: ${messageOf(error)}`, "Choose another with --port.")),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`,
    async waitFor(state, patienceMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), patienceMs);
      });
      const query = await Promise.race([arrived, late]);
      clearTimeout(timer);
      return readReturn(query, state, patienceMs);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function readReturn(query: URLSearchParams | null, state: string, patienceMs: number): Returned {
  if (!query) throw failed(`Nobody came back within ${patienceMs / 1000} s.`, "Run it again, and open the address.");
  // First of all: what is not of this login says nothing.
  if (query.get("state") !== state)
    throw failed("The browser came back with a state that is not of this login.", "Run it again, and use its address.");
  const error = query.get("error");
  const code = query.get("code");
  if (error !== null || code === null) {
    const why = [error ?? "no code", query.get("error_description")].filter(Boolean).join(": ");
    throw failed(`The authorization server answered: ${why.slice(0, 300)}.`, "Run it again, and allow access.");
  }
  const iss = query.get("iss");
  return { code, ...(iss === null ? {} : { iss }) };
}

const failed = (message: string, next: string): SandglassError => new SandglassError("LOGIN_FAILED", message, next);
