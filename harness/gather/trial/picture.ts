/** How much of the widget's picture is not background. */
import { writeFile } from "node:fs/promises";
import type { Protocol } from "../browser/protocol.ts";

/** Least and greatest, CSS pixels; null: that of the frame. */
type Heights = readonly [number, number] | null;

/** Levels of a colour channel, of 255, by which two colours differ for nobody: letters of the colour behind them leave rounded edges. */
const UNSEEN_LEVELS = 8;

/** Share of pixels that differ from the commonest one as far as anybody sees, 0 to 1; saves the picture when `file` is given. @param session of the stage page */
export async function paintedShareOf(
  protocol: Protocol,
  session: string,
  file: string | null,
  heights: Heights = null,
): Promise<number> {
  const png = await pictureOf(protocol, session, heights);
  if (file) await writeFile(file, png);
  const { PNG } = await import("pngjs");
  return shareOf(PNG.sync.read(png).data);
}

/** @param data red, green, blue and alpha of each pixel */
export function shareOf(data: Buffer): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const pixels = data.length / 4;
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (!first) return 0;
  const [commonest] = first;
  const drawn = [...counts].filter(([colour]) => isSeenBeside(colour, commonest));
  return drawn.reduce((sum, [, count]) => sum + count, 0) / pixels;
}

const isSeenBeside = (one: number, other: number): boolean =>
  [0, 8, 16].some((shift) => Math.abs(((one >> shift) & 255) - ((other >> shift) & 255)) > UNSEEN_LEVELS);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It is all in the window. */
  readonly fits: boolean;
}

const BOX = `(() => {
  const frame = document.querySelector("iframe");
  if (!frame) return null;
  const { left, top, width, height } = frame.getBoundingClientRect();
  return { x: left + scrollX, y: top + scrollY, width, height,
    fits: left >= 0 && top >= 0 && left + width <= innerWidth && top + height <= innerHeight };
})()`;

/** The frame around the widget, or the whole window when there is none. */
async function pictureOf(protocol: Protocol, session: string, heights: Heights): Promise<Buffer> {
  const { result } = await protocol.send("Runtime.evaluate", { expression: BOX, returnByValue: true }, session);
  const box = result.value as Box | null;
  const { data } = await protocol.send("Page.captureScreenshot", { format: "png", ...clipOf(box, heights) }, session);
  return Buffer.from(data, "base64");
}

function clipOf(box: Box | null, heights: Heights): object {
  if (!box || box.width < 1 || box.height < 1) return {};
  const x = Math.floor(box.x);
  const y = Math.floor(box.y);
  const own = Math.ceil(box.y + box.height) - y;
  const height = heights ? Math.min(Math.max(own, heights[0]), heights[1]) : own;
  const clip = { x, y, width: Math.ceil(box.x + box.width) - x, height, scale: 1 };
  return { clip, captureBeyondViewport: !box.fits || height > own };
}
