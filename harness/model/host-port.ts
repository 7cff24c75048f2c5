/** `HOST:PORT` as addresses and options write it. */
import { parseUrl } from "../../host/csp/addresses.ts";

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "ws:": "80", "https:": "443", "wss:": "443" };

/** `localhost:3000` of an address, the port that its scheme implies filled in. */
export const hostPortOf = ({ hostname, port, protocol }: URL): string =>
  `${withoutDot(hostname)}:${port || (DEFAULT_PORTS[protocol] ?? "")}`;

const WRITTEN = /^(?:\[[0-9a-f:.]+\]|[^\s:/?#@[\]]+):(\d{1,5})$/i;

/** What a user wrote, as `hostPortOf` spells it; null when it is no host and port. */
export function readHostPort(written: string): string | null {
  const port = Number(WRITTEN.exec(written)?.[1] ?? 0);
  const address = port > 0 ? parseUrl(`http://${written}`) : null;
  return address && `${withoutDot(address.hostname)}:${port}`;
}

const withoutDot = (host: string): string => (host.endsWith(".") ? host.slice(0, -1) : host);
