/** Masks what a live widget said, and finds the places it names, as `gather` does for a run. */
import type { StageBoot } from "../../host/emulator/bridge/types.ts";
import type { InspectAnswer, InspectRequest, RawPlace, SourceReading } from "../../host/server/types.ts";
import { readBundle } from "../bundle/index.ts";
import type { Detection, Where } from "../model/evidence.ts";
import type { ScanLimit } from "../model/tags.ts";
import { locatorFor, sourceName } from "../gather/artifacts/locate.ts";
import { RunLog } from "../gather/witness/run-log.ts";
import { scanText, scanValue } from "../scan/index.ts";
import type { Widget } from "../model/widget.ts";
import { inlineScripts } from "./inline-scripts.ts";

const SESSION = "live";
const maskExcerpt = (text: string): string => scanText(text, "console").masked;

export function inspect(
  widget: Widget,
  boot: StageBoot,
  request: InspectRequest,
  personalData: boolean,
): InspectAnswer {
  const options = { personalData };
  const locate = placeFinder(widget, boot);
  return {
    texts: request.texts.map(({ carrier, text }) =>
      scanText(text, carrier, carrier === "console" || carrier === "request" ? {} : options),
    ),
    values: request.values.map(({ carrier, value }) =>
      carrier === "storage" ? scanText(String(value), carrier) : scanValue(value, carrier, options),
    ),
    places: request.places.map((place) => locate(place) ?? null),
  };
}

/**
 * Chromium counts a written script's lines from the script's own start and
 * names none: a place is taken only when one script alone can hold it.
 */
function placeFinder(widget: Widget, boot: StageBoot): (place: RawPlace) => Where | undefined {
  const scripts = inlineScripts(widget.html.replaceAll("\r\n", "\n"));
  const log = new RunLog(scripts.length + 1);
  scripts.forEach((source, index) => {
    log.scripts.set(`${SESSION} ${index}`, source);
    log.inlineScripts.push({ session: SESSION, scriptId: String(index) });
  });
  const locate = locatorFor({ widget, plan: boot.frame, log, mask: maskExcerpt });
  return (place) => {
    const byText = () => (place.text === undefined ? undefined : locate.text(place.text));
    if (place.line < 0) return byText();
    const raw = { url: place.url, line: place.line, column: place.column };
    const isWidget = place.url === "" || place.url.startsWith("about") || place.url.startsWith(boot.frame.outerOrigin);
    if (!isWidget) return locate(raw) ?? byText();
    const able = scripts.flatMap((source, index) => (holds(source, place) ? [index] : []));
    const [only] = able;
    return (able.length === 1 ? locate({ ...raw, session: SESSION, scriptId: String(only) }) : undefined) ?? byText();
  };
}

/** How far around the position one of the names may stand, characters. */
const REACH = 60;

function holds(source: string, { line, column, near }: RawPlace): boolean {
  const text = source.split("\n")[line];
  if (text === undefined || column > text.length) return false;
  const around = text.slice(Math.max(0, column - REACH), column + REACH);
  return near.length === 0 || near.some((name) => around.includes(name));
}

/** The widget's text without a browser: the bundle reading, and the secrets in it. */
export async function readSource(widget: Widget): Promise<SourceReading> {
  const detections: Detection[] = [];
  const limits: ScanLimit[] = [];
  const take = (found: ReturnType<typeof scanText>) => {
    detections.push(...found.detections);
    limits.push(...found.limits);
  };
  take(scanText(widget.html, "html", { where: { url: sourceName(widget) } }));
  for (const [name, map] of Object.entries(widget.sourceMaps ?? {}))
    take(scanText(map, "source-map", { where: { url: name } }));
  return { bundle: await readBundle({ html: widget.html, name: widget.name }), detections, limits };
}
