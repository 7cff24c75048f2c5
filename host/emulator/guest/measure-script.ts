/** The measure as a script of its own: its value, evaluated in an isolated world, is the measure. */
import { measureDocument } from "./measure.ts";
import { ShownReader } from "./shown.ts";

const reader = new ShownReader();
const measure = measureDocument((element) => reader.visit(element));
(globalThis as unknown as { sandglassMeasure: unknown }).sandglassMeasure = { ...measure, shown: reader.shown };
