/** Pictures of renderings against kept ones. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { ComparedPicture, PictureDifference } from "../model/evidence/pictures.ts";
import type { TrialName } from "../model/evidence.ts";

export interface CompareRequest {
  /** Folder of today's pictures; absolute. */
  readonly taken: string;
  /** Folder of the kept ones; absolute. */
  readonly kept: string;
  /** Pictures that are not there yet are kept; false in CI. */
  readonly writes: boolean;
}

/** Difference of colour that is none, of a pixel, 0 to 1: ten of 255 shades of grey. The default of pixelmatch, 0.1, is 26. */
const PIXEL_THRESHOLD = 0.04;

/** One picture; where it differs, what differs is drawn into `NAME.difference.png` beside today's. */
export async function comparePicture(
  trial: TrialName,
  file: string,
  { taken, kept, writes }: CompareRequest,
): Promise<ComparedPicture> {
  const drawing = join(taken, file.replace(/\.png$/, ".difference.png"));
  // What an earlier run drew.
  await rm(drawing, { force: true });
  const now = await pictureIn(join(taken, file));
  if (!now) return { trial, file, outcome: "not-taken" };
  const before = await pictureIn(join(kept, file));
  if (!before) {
    if (!writes) return { trial, file, outcome: "missing" };
    await mkdir(kept, { recursive: true });
    await writeFile(join(kept, file), now);
    return { trial, file, outcome: "kept" };
  }
  if (now.equals(before)) return { trial, file, outcome: "same", share: 0 };
  const files = { now: join(taken, file), before: join(kept, file), drawing };
  return { trial, file, ...(await differenceOf(now, before, files)) };
}

interface Files {
  readonly now: string;
  readonly before: string;
  /** Where what differs is drawn. */
  readonly drawing: string;
}

/** @throws SandglassError `BAD_CONFIG` when one of them is no picture */
async function differenceOf(
  now: Buffer,
  before: Buffer,
  { now: nowIn, before: beforeIn, drawing }: Files,
): Promise<PictureDifference> {
  const [{ PNG }, { default: pixelmatch }] = await Promise.all([import("pngjs"), import("pixelmatch")]);
  const read = (data: Buffer, path: string) => {
    try {
      return PNG.sync.read(data);
    } catch (error) {
      const next = "Fetch the file (git lfs pull), or delete it and keep a new one with --compare on your machine.";
      throw new SandglassError("BAD_CONFIG", `The picture ${path} cannot be read: ${messageOf(error)}`, next, {
        cause: error,
      });
    }
  };
  const [one, other] = [read(now, nowIn), read(before, beforeIn)];
  const width = Math.max(one.width, other.width);
  const height = Math.max(one.height, other.height);
  const drawn = new PNG({ width, height });
  const pixels = pixelmatch(onCanvas(one, width, height), onCanvas(other, width, height), drawn.data, width, height, {
    threshold: PIXEL_THRESHOLD,
  });
  const differs = pixels > 0 || one.width !== other.width || one.height !== other.height;
  if (differs) await writeFile(drawing, PNG.sync.write(drawn));
  const size = (picture: { readonly width: number; readonly height: number }) => `${picture.width} × ${picture.height}`;
  return {
    outcome: differs ? "differs" : "same",
    share: pixels / (width * height),
    size: size(one),
    keptSize: size(other),
  };
}

const MAGENTA = Buffer.from([255, 0, 255, 255]);

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/** Its pixels on a larger canvas, of which the rest is magenta: what one has and the other has not, differs. */
function onCanvas({ width, height, data }: Pixels, toWidth: number, toHeight: number): Buffer {
  if (width === toWidth && height === toHeight) return data;
  const canvas = Buffer.alloc(toWidth * toHeight * 4, MAGENTA);
  for (let row = 0; row < height; row++) data.copy(canvas, row * toWidth * 4, row * width * 4, (row + 1) * width * 4);
  return canvas;
}

/** Null when there is none. */
async function pictureIn(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
