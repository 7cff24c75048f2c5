/** An attempt in the making. */
import { originOf } from "../../../../host/csp/addresses.ts";
import { directiveOfKind } from "../../../../host/csp/kinds.ts";
import type { AttemptFields, Where } from "../../../model/evidence.ts";
import type { RawLog, RawPlace } from "../../../model/raw-log.ts";
import type { JoinContext } from "../../../model/join-context.ts";
import type { Locate } from "../locate.ts";

export interface Join {
  readonly raw: RawLog;
  readonly context: JoinContext;
  readonly locate: Locate;
}

export type Draft = { -readonly [K in keyof AttemptFields]: AttemptFields[K] };

type DraftRest = Omit<Partial<Draft>, "where"> &
  Pick<Draft, "initiator" | "outcome" | "channels"> & { readonly where?: Where | undefined };

export function draftOf(url: string, kind: AttemptFields["kind"], { raw }: Join, rest: DraftRest): Draft {
  const { where, ...others } = rest;
  return {
    url,
    origin: originIn(raw, url),
    kind,
    directive: directiveOfKind(kind),
    count: 1,
    ...others,
    ...(where ? { where } : {}),
  };
}

/** A masked address may not be one any more: then its origin was kept. */
export const originIn = ({ addresses }: RawLog, url: string): string => addresses[url]?.origin ?? originOf(url);

/** Where the code stands that asked, else where the address itself stands in the text, or what it was made from. */
export function placed(place: RawPlace | null, url: string, { locate }: Join): Where | undefined {
  const code = locate(place);
  if (code?.line !== undefined && code.url !== "blob:script") return code;
  // In a script made at run time, and from a blob, no line is the author's: the address may stand in the widget's text.
  return locate.address(url) ?? code ?? locate.path(url) ?? locate.origin(url);
}

/** Chromium names the first URL of a blocked redirect; our servers know where it led. */
export function redirectChain(url: string, { raw }: Join): { target: string; hops: string[] } | null {
  const hops: string[] = [];
  let target = url;
  for (
    let arrival = raw.arrivals.find((one) => one.url === target);
    arrival?.redirectTo && !hops.includes(arrival.redirectTo) && hops.length < MOST_HOPS;
    arrival = raw.arrivals.find((one) => one.url === target)
  ) {
    hops.push(target);
    target = arrival.redirectTo;
  }
  return hops.length > 0 ? { target, hops } : null;
}

/** As many as Chromium follows. */
const MOST_HOPS = 20;
