/** Origins as they are declared, and their order. */
import { isLocal, webOrigin } from "../../host/csp/addresses.ts";

/** Origin as it is to be declared: hosts ask for secure ones, and plain http is upgraded before it leaves. */
export const listedOrigin = (url: string): string | null => webOrigin(upgraded(url));

/** The address that the browser asks for: http and ws become https and wss, except on this machine. */
export const upgraded = (url: string): string =>
  /^(?:http|ws):/i.test(url) && !isLocal(url) ? url.replace(/^http:/i, "https:").replace(/^ws:/i, "wss:") : url;

/** By host from its registered end, then scheme: the same people's hosts stand together. */
export function compareOrigins(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

const sortKey = (origin: string): string => {
  const labels = origin.replace(/^[a-z]+:\/\//i, "").split(".");
  return `${labels.reverse().join(".")} ${origin}`;
};
