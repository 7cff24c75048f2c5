/** What became of an allow-list since a kept one: the JSON of `allowlist --diff --format json`. */
import type { CspList } from "../../host/profiles/types.ts";
import type { Where } from "./evidence.ts";

/** A request that asked for a domain. */
export interface DomainAsk {
  readonly kind: string;
  readonly scenario: string;
  readonly where?: Where;
}

export interface DomainChange {
  readonly change: "came" | "went" | "moved";
  readonly origin: string;
  /** Lists that it was in, and is in. */
  readonly from: readonly CspList[];
  readonly to: readonly CspList[];
  /** Empty when nothing asked for it in the observed runs. */
  readonly asked: readonly DomainAsk[];
  /** As the kept file words it. */
  readonly why: string;
  readonly owner: string | null;
  readonly registrableDomain: string | null;
  /** It holds a wildcard. */
  readonly isWide: boolean;
  /** Approved by hand in the kept file. */
  readonly approved: boolean;
}

export interface WidgetDifference {
  readonly widget: string;
  /** The kept list does not know it. */
  readonly isNew: boolean;
  /** As in `AllowlistResult`. */
  readonly verified: boolean | null;
  readonly domains: readonly DomainChange[];
  /** What declared metadata differs in, one sentence each. */
  readonly metadata: readonly string[];
}

export interface AllowlistDifference {
  /** What it is compared with, e.g. `main:sandglass.allowlist.json`. */
  readonly base: string;
  /** The base has no kept list. */
  readonly isNew: boolean;
  readonly widgets: readonly WidgetDifference[];
  /** Widgets of the base that were not looked at now. */
  readonly notLooked: readonly string[];
}
