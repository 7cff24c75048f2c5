/** How far one rendering may go, and what is kept of it. Defaults stand here and nowhere else. */
export interface Limits {
  /** Whole rendering of one widget, milliseconds. */
  readonly runMs: number;
  /** How long nothing must happen before a rendering counts as settled, milliseconds. */
  readonly quietMs: number;
  /** How much of the widget's life is seen, milliseconds of its own clock since its document began; 0: none after it came to rest. */
  readonly lifeMs: number;
  /** What seeing that life may take, milliseconds of real time. */
  readonly lifeRealMs: number;
  /** Records kept per artifact; more are counted. */
  readonly records: number;
}

export const DEFAULT_LIMITS: Limits = { runMs: 10_000, quietMs: 220, lifeMs: 60_000, lifeRealMs: 4000, records: 1000 };

/** What a config or an option may ask for, both ends included. */
export const LIMIT_RANGES = {
  runMs: { least: 500, most: 600_000 },
  quietMs: { least: 50, most: 60_000 },
  lifeMs: { least: 0, most: 86_400_000 },
  lifeRealMs: { least: 100, most: 600_000 },
  records: { least: 10, most: 100_000 },
} as const satisfies Record<keyof Limits, { readonly least: number; readonly most: number }>;
