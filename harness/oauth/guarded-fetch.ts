/** Requests that a server's metadata leads to: to the public web by https, or to this network where the server is there, too. */
import { Readable } from "node:stream";
import { isLocalAddress, resolveHost, type MachineAddress, type Resolve } from "../lib/local-address.ts";
import { requestAt } from "../lib/request-at.ts";
import { messageOf, SandglassError } from "../model/errors.ts";

const PATIENCE_MS = 10_000;

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/** A server on the internet must not make us ask the user's own machine or network in plain http. */
export function mayAsk(address: URL, server: URL): boolean {
  if (address.username !== "" || address.password !== "") return false;
  if (isLoopback(address)) return isLoopback(server);
  return address.protocol === "https:";
}

/** What `mayAsk` allows, and the endpoint's own origin: the user named it, and a run has asked it already. */
export const mayProbe = (address: URL, server: URL): boolean =>
  mayAsk(address, server) || (address.username === "" && address.password === "" && address.origin === server.origin);

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

interface Guard {
  /** By the address alone. Default `mayAsk`. */
  readonly may?: typeof mayAsk;
  /** Default: the system's. */
  readonly resolve?: Resolve;
}

/** Asks what it may, at the address that was looked at, follows no redirect, and waits 10 s. @throws SandglassError `LOGIN_FAILED` */
export function fetchFor(server: string, { may = mayAsk, resolve = resolveHost }: Guard = {}): Fetch {
  const home = new URL(server);
  const machinesOf = (url: URL): Promise<readonly MachineAddress[]> => resolve(url.hostname.replace(/^\[|\]$/g, ""));
  const isHere = (machines: readonly MachineAddress[]): boolean =>
    machines.some(({ address }) => isLocalAddress(address));
  return async (url, init) => {
    const address = new URL(url);
    if (!may(address, home)) throw leadsAway(home, address, "neither https nor on this machine beside it");
    try {
      const machines = await machinesOf(address);
      const isOwn = address.origin === home.origin;
      if (!isOwn && isHere(machines) && !isHere(await machinesOf(home)))
        throw leadsAway(home, address, "on this machine or its network, where the server itself is not");
      return await ask(new Request(address, init), machines);
    } catch (error) {
      if (error instanceof SandglassError) throw error;
      throw new SandglassError(
        "LOGIN_FAILED",
        `${address.origin}${address.pathname} did not answer: ${messageOf((error as Error).cause ?? error)}`,
        "See that the authorization server is reachable.",
        { cause: error },
      );
    }
  };
}

const leadsAway = (home: URL, address: URL, where: string): SandglassError =>
  new SandglassError(
    "LOGIN_FAILED",
    `${home.href} leads to ${address.origin}, which is ${where}.`,
    "Let the metadata name https addresses of the public web.",
  );

/** Statuses whose answers have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

async function ask(request: Request, machines: readonly MachineAddress[]): Promise<Response> {
  const answer = await requestAt(new URL(request.url), machines, {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  const { statusCode: status = 0 } = answer;
  const body = BODILESS.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
