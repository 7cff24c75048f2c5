import { isUnjudged } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import type { Severity } from "../../model/result.ts";
import { blockedUses } from "../shared/evidence.ts";

/**
 * Devices, input, payment, and where a file is to be kept: who asks for them has nothing else to do it with. The names
 * are the browser's, or those of the table of APIs.
 */
const NEEDED: ReadonlySet<string> = new Set([
  "usb",
  "serial",
  "hid",
  "bluetooth",
  "midi",
  "payment",
  "xr-spatial-tracking",
  "requestPointerLock",
  "form.submit",
  "requestMIDIAccess",
  "credentials.create",
  "credentials.get",
  "showSaveFilePicker",
  "showDirectoryPicker",
]);
/** The end of a page, which a host may not tell of at all. */
const HARMLESS: ReadonlySet<string> = new Set(["unload"]);

/** Whatever the browser itself reported as refused, and no check of its own judges. */
export default defineCheck({
  id: "api/refused-feature",
  title: "Widget uses no feature that the host refuses",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: "{api} is refused in this host ({returned}, {count}×): what needs it does not work here.",
  },
  source: "docs/hosts.md#chatgpt-permissions: what the frames are given, and nothing else",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run: ({ apiUses }) =>
    failOrPass(
      blockedUses(apiUses, isUnjudged, "blocked").map((finding) => ({
        ...finding,
        severity: severityOf(String(finding.data.api)),
      })),
    ),
});

function severityOf(api: string): Severity {
  if (NEEDED.has(api)) return "error";
  return HARMLESS.has(api) ? "info" : "warning";
}
