/** What the frames around a widget let it do together. Pure. */
import type { FrameFacts } from "../profiles/types.ts";

type Layers = Pick<FrameFacts, "outerSandbox" | "outerHeaderSandbox" | "innerSandbox">;

const ORIGIN = "allow-same-origin";

/** A token holds that every layer gives. */
export function sandboxTokens({ outerSandbox, outerHeaderSandbox, innerSandbox }: Layers): ReadonlySet<string> {
  const layers = [outerSandbox.value, outerHeaderSandbox.value, innerSandbox.value].filter((layer) => layer !== null);
  const [first = [], ...others] = layers;
  return new Set(first.filter((token) => others.every((layer) => layer.includes(token))));
}

/** The widget's origin is its own and nobody's: it has no storage and no cookies. */
export const isOpaque = (frames: Layers): boolean => !sandboxTokens(frames).has(ORIGIN);

/** Tokens with the one under which a frame keeps its address as its origin. */
export const withOrigin = (tokens: readonly string[]): readonly string[] =>
  tokens.includes(ORIGIN) ? tokens : [...tokens, ORIGIN];
