/** Masks what a live widget said, and finds the places it names, as `gather` does for a run. */
import type { StageBoot } from "../../host/emulator/bridge/types.ts";
import type { InspectAnswer, InspectRequest, RawPlace, SourceReading } from "../../host/server/types.ts";
import { readBundle } from "../bundle/index.ts";
import type { Detection, Where } from "../model/evidence.ts";
import { locatorFor } from "../gather/artifacts/locate.ts";
import { indexOf } from "../gather/artifacts/source-index.ts";
import type { ScanLimit } from "../model/tags.ts";
import { scanText, scanValue } from "../scan/index.ts";
import { sourceName, type Widget } from "../model/widget.ts";
import { inlineScripts } from "./inline-scripts.ts";

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
  const { html } = widget;
  const text = html.replaceAll("\r\n", "\n");
  const scripts = Object.fromEntries(
    inlineScripts(text).map((source, index) => [
      String(index),
      { offset: text.indexOf(source), length: source.length, inline: true },
    ]),
  );
  const { outerOrigin, outerUrl } = boot.frame;
  const document = { name: sourceName(widget), html, sourceMaps: Object.values(widget.sourceMaps ?? {}) };
  const locate = locatorFor(
    { scripts, addresses: {}, excerpts: {} },
    { document, sandbox: { origin: outerOrigin, url: outerUrl } },
  );
  const quoted = (where: Where | undefined): Where | undefined => {
    const { file, line, column } = where ?? {};
    if (!where || file === undefined || line === undefined || column === undefined) return where;
    const excerpt = maskExcerpt(indexOf(document).excerptAt({ file, line, column }));
    return excerpt ? { ...where, excerpt } : where;
  };
  return ({ url, line, column, near, text: written }) => {
    const found = line < 0 ? undefined : locate({ url, line, column, near });
    return quoted(found ?? (written === undefined ? undefined : locate.address(written)));
  };
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
