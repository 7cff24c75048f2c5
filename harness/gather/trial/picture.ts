/** How much of the widget's picture is not background. */
import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** Share of pixels that differ from the commonest one, 0 to 1; saves the picture when `file` is given. */
export async function paintedShareOf(page: Page, file: string | null): Promise<number> {
  const frame = page.locator("iframe").first();
  const png = await ((await frame.count()) > 0 ? frame.screenshot() : page.screenshot());
  if (file) await writeFile(file, png);
  const { PNG } = await import("pngjs");
  const { data } = PNG.sync.read(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const pixels = data.length / 4;
  return pixels === 0 ? 0 : 1 - Math.max(...counts.values()) / pixels;
}
