/** `sandglass doctor`: is everything there that a check needs? Each line says what to do when not. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SandglassError, messageOf } from "../model/errors.ts";
import { packageRoot, packageVersion } from "../lib/package-root.ts";
import { safeLines } from "../report/shared/text.ts";
import { EXIT, type Io } from "./io.ts";
import type { DoctorOptions } from "./options.ts";

interface Line {
  readonly ok: boolean;
  readonly what: string;
  readonly detail: string;
}

export async function doctor(options: DoctorOptions, io: Io): Promise<number> {
  const lines: Line[] = [
    { ok: true, what: "sandglass", detail: packageVersion() },
    nodeLine(process.versions.node),
    ...["dist/browser/guest.js", "dist/browser/stage.js", "dist/browser/recorder.js"]
      .filter((file) => !existsSync(join(packageRoot(), file)))
      .map((file) => ({ ok: false, what: "build", detail: `${file} is missing: run npm run build` })),
  ];
  lines.push(await browserLine(options.browserPath));
  const shown = lines.map(({ ok, what, detail }) => `${ok ? "✓" : "✗"} ${what.padEnd(10)} ${detail}`);
  io.out(`${safeLines(shown.join("\n"))}\n`);
  return lines.every(({ ok }) => ok) ? EXIT.clean : EXIT.undecided;
}

function nodeLine(version: string): Line {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { ok, what: "node", detail: ok ? version : `${version}: 20.19 or newer is needed` };
}

/** Starts it for real: a file that cannot start is no browser. */
async function browserLine(path: string | undefined): Promise<Line> {
  try {
    const { openGatherer } = await import("../gather/index.ts");
    const gatherer = await openGatherer(path ? { browserPath: path } : {});
    const { name, version, path: found } = gatherer.browser;
    const notices = gatherer.notices.join(" ");
    await gatherer.close();
    return { ok: true, what: "browser", detail: `${name} ${version} at ${found}${notices ? ` (${notices})` : ""}` };
  } catch (error) {
    return {
      ok: false,
      what: "browser",
      detail: error instanceof SandglassError ? `${error.message} ${whyOf(error)}` : messageOf(error),
    };
  }
}

/** Who is sent here "to see why" is told what the browser itself said. */
function whyOf(error: SandglassError): string {
  if (!error.next.includes("sandglass doctor")) return error.next;
  const said = messageOf(error.cause)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 6);
  return [
    `It said${said.length > 0 ? ":" : " nothing. Run `npx sandglass install-browser --force` for another."}`,
    ...said,
  ].join("\n             ");
}
