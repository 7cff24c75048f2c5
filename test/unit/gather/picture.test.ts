/** What of a picture is drawn: nothing that has the colour of the rest, as far as anybody sees. */
import { expect, it } from "vitest";
import { shareOf } from "../../../harness/gather/trial/picture.ts";

const picture = (...pixels: readonly (readonly [number, number, number])[]): Buffer =>
  Buffer.from(pixels.flatMap((pixel) => [...pixel, 255]));
const [ground, edge, ink] = [
  [18, 52, 86],
  [17, 51, 85],
  [18, 52, 140],
] as const;

it.each([
  ["one colour", picture(ground, ground, ground, ground), 0],
  ["the edges of letters in the colour behind them", picture(ground, ground, ground, edge), 0],
  ["letters in another", picture(ground, ground, ground, ink), 0.25],
  ["nothing", picture(), 0],
])("%s", (_what, data, expected) => expect(shareOf(data)).toBe(expected));
