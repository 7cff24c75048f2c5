/** `sandglass probe`: measures a host, compares it with what is believed of it, and makes a profile of it. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { text as textOfStream } from "node:stream/consumers";
import { unknownIn } from "../measurement/known.ts";
import { idOf, profileOf } from "../measurement/profile.ts";
import { readMeasurement } from "../measurement/read.ts";
import { statementsOf } from "../measurement/statements.ts";
import { comparisonText, differencesIn, summaryOf } from "../measurement/text.ts";
import { DEFAULTS } from "../model/defaults.ts";
import { jsonText } from "../model/json-text.ts";
import { defined } from "../model/defined.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import type { Measurement } from "../model/measurement.ts";
import { safeLines } from "../report/shared/text.ts";
import { EXIT, type Io } from "./io.ts";
import type { ProbeOptions } from "./options.ts";
import { writeNew, writeText } from "./output.ts";
import { namedProfiles } from "./settings.ts";

const NEXT = "sandglass probe serve, or sandglass probe read, compare or profile with a FILE.";

export async function probe(words: readonly string[], options: ProbeOptions, io: Io): Promise<number> {
  const [action = "", file, ...rest] = words;
  if (rest.length > 0) throw new SandglassError("BAD_USAGE", `${rest.join(" ")} is one word too many.`, NEXT);
  if (action === "serve" && file === undefined) return serve(options, io);
  const run = ACTIONS.get(action);
  if (!run || file === undefined)
    throw new SandglassError(
      "BAD_USAGE",
      run ? `probe ${action} needs a file.` : `There is no probe ${words.join(" ")}.`,
      NEXT,
    );
  return run(await measurementIn(file, io), options, io);
}

function inputOf(io: Io): Readable {
  if (io.input) return io.input();
  throw new SandglassError("BAD_USAGE", "There is no standard input.", NEXT);
}

type Action = (measurement: Measurement, options: ProbeOptions, io: Io) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ["read", keep],
  ["compare", compare],
  ["profile", writeProfile],
]);

/** `-`: what is pasted into the terminal. */
async function measurementIn(file: string, io: Io): Promise<Measurement> {
  try {
    const text = file === "-" ? await textOfStream(inputOf(io)) : await readFile(resolve(io.cwd, file), "utf8");
    return readMeasurement(text, file === "-" ? "Standard input" : file);
  } catch (error) {
    if (error instanceof SandglassError) throw error;
    throw new SandglassError("BAD_USAGE", `${file} cannot be read: ${messageOf(error)}`, NEXT, { cause: error });
  }
}

async function keep(measurement: Measurement, { write }: ProbeOptions, io: Io): Promise<number> {
  const file = await writeMeasurement(measurement, write, io);
  io.out(safeLines(summaryOf(measurement)));
  io.err(`Kept in ${file}. Next: sandglass probe compare ${file} --profile ID, or sandglass probe profile ${file}\n`);
  return EXIT.clean;
}

/** In the file that was named, else in one of its own beside those of the same host and day. @returns the file's name */
async function writeMeasurement(measurement: Measurement, named: string | undefined, io: Io): Promise<string> {
  const text = `${jsonText(measurement)}\n`;
  if (named !== undefined) {
    await writeText(resolve(io.cwd, named), text);
    return named;
  }
  for (let number = 1; ; number += 1) {
    const file = `${idOf(measurement)}${number === 1 ? "" : `-${number}`}.measurement.json`;
    if (await writeNew(resolve(io.cwd, file), text)) return file;
  }
}

async function compare(measurement: Measurement, options: ProbeOptions, io: Io): Promise<number> {
  const profiles = await namedProfiles(options.profile ?? [DEFAULTS.profile], io);
  const compared = profiles.map((profile) => ({
    profile,
    statements: statementsOf(profile, measurement),
    isUnknown: unknownIn(profile),
  }));
  const texts = compared.map(({ profile, statements, isUnknown }) => comparisonText(profile.id, statements, isUnknown));
  io.out(safeLines(texts.join("\n")));
  return compared.some(({ statements, isUnknown }) => differencesIn(statements, isUnknown)[0].length > 0)
    ? EXIT.findings
    : EXIT.clean;
}

async function writeProfile(measurement: Measurement, { write }: ProbeOptions, io: Io): Promise<number> {
  const made = profileOf(measurement);
  const file = write ?? `${made.id}.json`;
  await writeProfileFile(file, `${jsonText(made)}\n`, write !== undefined, io);
  io.err(`${file}: over ${made.extends}. Next: sandglass check --profile ./${file.replace(/^\.\//, "")}\n`);
  return EXIT.clean;
}

/** A profile may have been corrected by hand: only a file that was named is written over. */
async function writeProfileFile(file: string, text: string, isNamed: boolean, io: Io): Promise<void> {
  const path = resolve(io.cwd, file);
  if (isNamed) return writeText(path, text);
  if (await writeNew(path, text)) return;
  throw new SandglassError(
    "BAD_USAGE",
    `${file} is there already.`,
    `Write over it with --write ${file}, or name another file.`,
  );
}

/** Whoever reaches a tunnel may send: this many files of one run are kept. */
const MOST_KEPT = 500;

async function serve(options: ProbeOptions, io: Io): Promise<number> {
  const { declare = "both", noDomain = false, attempts = false, stdio = false, port = DEFAULTS.probePort } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : publicAddress(options.publicUrl);
  const [{ probeServer }, { serveProbe }, { StdioServerTransport }] = await Promise.all([
    import("../measurement/server.ts"),
    import("../measurement/serve-http.ts"),
    import("@modelcontextprotocol/server/stdio"),
  ]);
  let kept = 0;
  const make = () =>
    probeServer({
      declaration: declare,
      domain: !noDomain,
      attempts,
      ...defined({ publicOrigin: publicUrl?.origin }),
      async onMeasurement(measurement) {
        if (++kept > MOST_KEPT)
          throw new SandglassError(
            "BAD_USAGE",
            `${MOST_KEPT} measurements were kept.`,
            "Start the probe again for more.",
          );
        const file = await writeMeasurement(measurement, options.write, io);
        io.err(safeLines(`${summaryOf(measurement)}Kept in ${file}\n`));
        return `Kept in ${file}`;
      },
    });
  const ended = io.interrupted?.() ?? new Promise<void>(() => undefined);
  if (stdio) {
    const input = inputOf(io);
    const closed = new Promise<void>((done) => input.once("close", done).once("end", done));
    await make().connect(new StdioServerTransport(input));
    await Promise.race([ended, closed]);
    return EXIT.clean;
  }
  const served = await serveProbe(make, { port, ...defined({ publicUrl }) });
  const shown = publicUrl ? new URL("/mcp", publicUrl).href : served.url;
  io.err(`The probe is at ${shown}\nConnect a host to it and ask for measure_host with attempts. Ctrl+C ends it.\n`);
  await ended;
  await served.close();
  return EXIT.clean;
}

function publicAddress(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : null;
  if (url?.protocol === "https:") return url;
  throw new SandglassError(
    "BAD_USAGE",
    `--public-url ${written} is no https address.`,
    "Give the address of your tunnel, e.g. https://a1b2.tunnel.example",
  );
}
