/** Requests that a server's metadata leads to: by https, or on loopback where the server is there, too. */
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

/** `fetch` that asks only what `may` allows, follows no redirect elsewhere, and waits 10 s. @throws SandglassError `LOGIN_FAILED` */
export function fetchFor(server: string, may: typeof mayAsk = mayAsk): Fetch {
  const home = new URL(server);
  return async (url, init) => {
    const address = new URL(url);
    if (!may(address, home))
      throw new SandglassError(
        "LOGIN_FAILED",
        `${home.href} leads to ${address.origin}, which is neither https nor on this machine beside it.`,
        "Let the metadata name https addresses.",
      );
    try {
      return await fetch(address, { ...init, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      throw new SandglassError(
        "LOGIN_FAILED",
        `${address.origin}${address.pathname} did not answer: ${messageOf((error as Error).cause ?? error)}`,
        "See that the authorization server is reachable.",
        { cause: error },
      );
    }
  };
}
