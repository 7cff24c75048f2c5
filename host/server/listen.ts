/** Listening on loopback alone: 127.0.0.1, and ::1 because `localhost` may mean either. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SandglassError } from "../../harness/model/errors.ts";

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export interface PortChoice {
  /** First port to try; 0 takes any free one. */
  readonly port: number;
  /** How many following ports may be tried when it is taken; default 0. */
  readonly tries?: number;
}

/** @throws SandglassError `PORT_TAKEN` */
export async function listenOnLoopback(handler: RequestListener, { port, tries = 0 }: PortChoice): Promise<Listening> {
  for (let offset = 0; ; offset++) {
    try {
      return await listenBoth(handler, port === 0 ? 0 : port + offset);
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (offset >= tries)
        throw new SandglassError(
          "PORT_TAKEN",
          `Port ${port + offset} is taken by another program.`,
          `Stop that program, or choose another port: sandglass dev --port ${port + offset + 2}`,
          { cause: error },
        );
    }
  }
}

async function listenBoth(handler: RequestListener, port: number): Promise<Listening> {
  const v4 = await listen(handler, port, "127.0.0.1");
  const chosen = (v4.address() as AddressInfo).port;
  const servers = [v4];
  try {
    servers.push(await listen(handler, chosen, "::1"));
  } catch (error) {
    if (isTaken(error)) {
      await closeServer(v4);
      throw error;
    }
    // A machine without IPv6: `localhost` can only mean 127.0.0.1 there.
    if (!["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
  return {
    port: chosen,
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

function listen(handler: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EADDRINUSE";
