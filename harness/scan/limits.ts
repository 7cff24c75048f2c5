/** Our own limits, so that hostile props can neither hang nor crash a run; each that is hit is named. */
export const LIMITS = {
  /** Characters of one text that are read; the rest is left out of the masked copy. */
  text: 64 * 1024 * 1024,
  /** Characters of one text up to which encoded parts are decoded. */
  decoded: 1024 * 1024,
  /** Values of one tree that are visited. */
  values: 2_000_000,
  /** Levels that the masked copy keeps; deeper values are scanned and left out. */
  depth: 200,
  /** Detections listed for one value or text; the rest is masked and counted. */
  detections: 1000,
  /** Characters up to which personal data is looked for in one text. */
  personal: 200_000,
} as const;
