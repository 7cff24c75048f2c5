/** The measure as a script of its own: its value, evaluated in an isolated world, is the measure. */
import { measureDocument } from "./measure.ts";

(globalThis as unknown as { sandglassMeasure: unknown }).sandglassMeasure = measureDocument();
