/**
 * Builds widgets in a process of its own: the compilers are native, and code that is nested deeply enough ends the
 * process they run in. One process serves all, as loading Vite is most of a small build.
 */
import { SideProcess, type Loss } from "../lib/side-process.ts";
import { BUILD_LIMIT_MS } from "../model/defaults.ts";
import { SandglassError } from "../model/errors.ts";
import type { BuildPlace, BuiltDocument } from "./build.ts";
import type { BuildMessage, BuildRequest } from "./builder-messages.ts";

const MEMORY_MB = 3072;
const NEXT = "Build the widget yourself, and give `entry` the built page.";

// Vite takes NODE_ENV from its process, over its mode.
const builder = new SideProcess<BuildRequest, BuildMessage>({
  file: "builder-process.js",
  memory: MEMORY_MB,
  env: { NODE_ENV: "production" },
});
let turn: Promise<unknown> = Promise.resolve();

/** `buildDocument`, apart. @throws SandglassError `BUILD_FAILED`, with file and line, or when the build does not end */
export function buildApart(entry: string, title: string, place: BuildPlace): Promise<BuiltDocument> {
  const building = turn.then(() => build({ entry, title, place }));
  turn = building.catch(() => undefined);
  return building;
}

async function build(request: BuildRequest): Promise<BuiltDocument> {
  const ending = await builder.ask(request, { patience: BUILD_LIMIT_MS, isAnswer: () => true });
  if ("lost" in ending)
    throw new SandglassError("BUILD_FAILED", `${request.place.shownFolder}: the build ${inWords(ending.lost)}.`, NEXT);
  const { answer } = ending;
  if (answer.kind === "built") return answer.document;
  if (answer.kind === "refused") throw new SandglassError(answer.code, answer.message, answer.next);
  throw new Error(answer.message);
}

function inWords(loss: Loss): string {
  if (loss.how === "late") return `did not end within ${loss.seconds} s`;
  // Of an overflown stack, or of memory that there was not.
  return `ended its compiler by ${loss.by}${loss.by.startsWith("SIG") ? ", as code does that is nested very deeply or grows without end" : ""}`;
}
