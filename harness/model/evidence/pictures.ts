/** Pictures of renderings against kept ones. */
import type { TrialName } from "./trials.ts";

interface Compared {
  readonly trial: TrialName;
  /** Name in the folder of today's pictures, and in that of the kept ones. */
  readonly file: string;
}

/** Of a picture that has a kept one. */
export interface PictureDifference {
  readonly outcome: "same" | "differs";
  /** Of pixels that differ, 0 to 1. */
  readonly share: number;
  /** `706 × 400`, pixels; absent when they are the same bytes. */
  readonly size?: string;
  readonly keptSize?: string;
}

/** `kept`: there was none, and today's was kept. `missing`: there is none, and none is kept in CI. `not-taken`: nothing was there to take a picture of. */
export type ComparedPicture = Compared & (PictureDifference | { readonly outcome: "kept" | "missing" | "not-taken" });

export interface PicturesEvidence {
  /** Share of pixels that may differ, 0 to 1. */
  readonly mayDiffer: number;
  readonly compared: readonly ComparedPicture[];
}
