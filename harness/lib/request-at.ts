/** One HTTP request to a machine whose address is known: a second look-up of its name may answer otherwise. */
import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestSecure } from "node:https";
import type { LookupFunction } from "node:net";
import type { MachineAddress } from "./local-address.ts";

export interface PlainRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Of GET and HEAD none is sent. */
  readonly body: string | Buffer;
  readonly signal: AbortSignal;
}

/** Rejects when nobody answers; follows no redirect. @param addresses what the URL's host was looked up as */
export function requestAt(
  url: URL,
  addresses: readonly MachineAddress[],
  { method, headers, body, signal }: PlainRequest,
): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_host, { all }, answer) => {
    const [first] = addresses;
    if (all) answer(null, [...addresses]);
    else if (first) answer(null, first.address, first.family);
    else answer(Object.assign(new Error("the name has no address"), { code: "ENOTFOUND" }), "");
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestSecure : requestPlain;
    const sent = send(url, { method, lookup, signal, headers: headers as Record<string, string | string[]> });
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(method === "GET" || method === "HEAD" ? undefined : body);
  });
}
