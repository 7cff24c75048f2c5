/** How a life is cut into stretches of virtual time. Pure: what came of a stretch goes in, the next one comes out. */

/**
 * `timer`: the clock stops before each timer's callback, and what that brings is waited for.
 * `stride`: it runs through, ever further, since nothing new came.
 */
export type Pace = "timer" | "stride";

export interface LifePlan {
  readonly untilMs: number;
  /** Moment of the widget's clock, milliseconds since its document began. */
  readonly nowMs: number;
  /** Stretches in a row that brought nothing new. */
  readonly calm: number;
  readonly strideMs: number;
  /** It asks for frames, which only come between two stretches. */
  readonly draws: boolean;
  /** In its calm stretches it spoke to the host, whose answers the clock does not wait for by itself. */
  readonly talks: boolean;
  /** The clock neither waits for fetches nor stops before timers any more. */
  readonly runsFree: boolean;
}

export interface Stretch {
  readonly budgetMs: number;
  readonly pace: Pace;
}

/** What a stretch brought. */
export interface Brought {
  readonly nowMs: number;
  /** Something new in kind: an origin, an API, a message, an error, something to see. */
  readonly news: boolean;
  readonly draws: boolean;
  readonly talks: boolean;
  readonly runsFree: boolean;
}

/** Periods without anything new after which a widget is at rest. */
export const CALM_PERIODS = 4;
const FIRST_STRIDE_MS = 250;
/** An answer that is waited for between two strides of a free clock may be late by one. */
const FREE_STRIDE_MS = 1000;
/** A stride is never longer than this, or than this share of the life. */
const MOST_STRIDE_MS = 8000;
const MOST_STRIDE_SHARE = 1 / 8;

export const planLife = (nowMs: number, untilMs: number, draws: boolean): LifePlan => ({
  untilMs,
  nowMs,
  calm: 0,
  strideMs: FIRST_STRIDE_MS,
  draws,
  talks: false,
  runsFree: false,
});

/** Null when the whole life was seen. */
export function nextStretch({ nowMs, untilMs, calm, strideMs, draws, talks, runsFree }: LifePlan): Stretch | null {
  const restMs = Math.ceil(untilMs - nowMs);
  if (restMs <= 0) return null;
  if (runsFree) return { pace: "stride", budgetMs: Math.min(restMs, strideMs, FREE_STRIDE_MS) };
  const pace = calm < CALM_PERIODS || talks ? "timer" : "stride";
  return { pace, budgetMs: pace === "stride" || draws ? Math.min(restMs, strideMs) : restMs };
}

export function afterStretch(plan: LifePlan, { nowMs, news, draws, talks, runsFree }: Brought): LifePlan {
  const common = { ...plan, nowMs, draws, runsFree };
  if (news) return { ...common, calm: 0, strideMs: FIRST_STRIDE_MS, talks: false };
  const mostMs = Math.max(MOST_STRIDE_MS, plan.untilMs * MOST_STRIDE_SHARE);
  return { ...common, calm: plan.calm + 1, talks, strideMs: Math.min(mostMs, plan.strideMs * 2) };
}

export const isAtRest = ({ calm }: LifePlan): boolean => calm >= CALM_PERIODS;
