/** The widget's text without a browser: the bundle reading, and the secrets in it. */
import { readBundle } from "../../bundle/index.ts";
import { messageOf } from "../../model/errors.ts";
import type { BundleEvidence, Gathered } from "../../model/evidence.ts";
import type { RawLog } from "../../model/raw-log.ts";
import { sourceName, type Widget } from "../../model/widget.ts";
import { scanText } from "../../scan/index.ts";

export interface SourceReading extends Pick<RawLog, "detections" | "limits"> {
  readonly bundle: Gathered<BundleEvidence>;
}

/** Never rejects: a text that cannot be read costs the checks that need it. */
export async function readSource(widget: Widget): Promise<SourceReading> {
  const scans = [
    scanText(widget.html, "html", { where: { url: sourceName(widget) } }),
    ...Object.entries(widget.sourceMaps ?? {}).map(([url, map]) => scanText(map, "source-map", { where: { url } })),
  ];
  const bundle = await readBundle({ html: widget.html, name: sourceName(widget) }).then(
    (value) => ({ status: "ok", value }) as const,
    (error: unknown) => ({ status: "failed", error: { code: "BUNDLE", message: messageOf(error) } }) as const,
  );
  return {
    bundle,
    detections: scans.flatMap(({ detections }) => detections),
    limits: scans.flatMap(({ limits }) => limits),
  };
}
