/** How far one rendering may go, and what is kept of it. Defaults stand here and nowhere else. */
export interface Limits {
  /** Whole rendering of one widget, milliseconds. */
  readonly runMs: number;
  /** How long nothing must happen before a rendering counts as settled, milliseconds. */
  readonly quietMs: number;
  /** Records kept per artifact; more are counted. */
  readonly records: number;
}

export const DEFAULT_LIMITS: Limits = { runMs: 10_000, quietMs: 220, records: 1000 };

/** What a config or an option may ask for, both ends included. */
export const LIMIT_RANGES = {
  runMs: { least: 500, most: 600_000 },
  quietMs: { least: 50, most: 60_000 },
  records: { least: 10, most: 100_000 },
} as const satisfies Record<keyof Limits, { readonly least: number; readonly most: number }>;
