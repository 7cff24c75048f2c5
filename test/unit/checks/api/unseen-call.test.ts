import unseenCall from "../../../../harness/checks/api/unseen-call.ts";
import { cases } from "../cases.ts";
import { seenIn } from "../trials.ts";
import { attempt, bundleOf, documentOf, staticUse, use } from "../make.ts";

const calls = (...uses: ReturnType<typeof staticUse>[]) => bundleOf({ uses });

cases(unseenCall, {
  fails: [
    [
      "the run ended early: what the text says is as true",
      { bundle: calls(staticUse("alert", "alert")), document: documentOf({ ended: "time-limit" }) },
      "unseen error",
    ],
    ["an alert", { bundle: calls(staticUse("alert", "alert")) }, "unseen error"],
    [
      "an alert in bundled code",
      { bundle: calls(staticUse("alert", "alert", { provenance: "bundle" })) },
      "unseen warning",
    ],
    [
      "an alert where an error was caught",
      { bundle: calls(staticUse("alert", "alert", { guard: "catch" })) },
      "unseen warning",
    ],
    [
      "a download that code starts, beside presses that are prevented",
      { bundle: calls(staticUse("download", "a.download"), staticUse("prevents-default", "preventDefault")) },
      "unseen error",
    ],
    ["a download", { bundle: calls(staticUse("download", "a.download")) }, "unseen error"],
    [
      "a camera",
      { bundle: calls(staticUse("media-capture", "navigator.mediaDevices.getUserMedia")) },
      "unseen warning",
    ],
    ["a cookie", { bundle: calls(staticUse("cookie", "document.cookie")) }, "unseen info"],
    [
      "geolocation",
      { bundle: calls(staticUse("geolocation", "navigator.geolocation.watchPosition")) },
      "unseen warning",
    ],
    ["fullscreen", { bundle: calls(staticUse("fullscreen", "requestFullscreen")) }, "unseen warning"],
    [
      "a service worker",
      { bundle: calls(staticUse("service-worker", "navigator.serviceWorker.register")) },
      "unseen warning",
    ],
    [
      "storage access",
      { bundle: calls(staticUse("storage-access", "document.requestStorageAccess")) },
      "unseen warning",
    ],
    ["the page above", { bundle: calls(staticUse("top-navigation", "top.location")) }, "unseen error"],
    ["the clipboard", { bundle: calls(staticUse("clipboard", "navigator.clipboard.writeText")) }, "unseen error"],
    [
      "the clipboard with another way",
      { bundle: calls(staticUse("clipboard", "navigator.clipboard.writeText", { guard: "try" })) },
      "unseen warning",
    ],
    ["a window", { bundle: calls(staticUse("window.open", "open")) }, "unseen error"],
    ["a relative address", { bundle: calls(staticUse("relative-url", "/api/x")) }, "unseen warning"],
    [
      "two places of one call are one finding",
      { bundle: calls(staticUse("alert", "alert"), staticUse("alert", "alert")) },
      "unseen error",
    ],
    [
      "another dialog was seen, a window was not",
      { bundle: calls(staticUse("window.open", "open")), apiUses: [use({ api: "alert" })] },
      "unseen error",
    ],
    [
      "by coverage its function did not run",
      { bundle: calls(staticUse("alert", "alert", { reach: "unreached" })) },
      "unseen error",
    ],
    [
      "its function ran, and it was skipped",
      { bundle: calls(staticUse("alert", "alert", { reach: "skipped" })) },
      "unseen error",
    ],
    [
      "it was handed on, to be called later",
      { bundle: calls(staticUse("alert", "alert", { reach: "ran", handed: true })) },
      "unseen error",
    ],
    [
      "an error before it in a try may be why it was not seen",
      { bundle: calls(staticUse("alert", "alert", { reach: "ran", guard: "try" })) },
      "unseen warning",
    ],
    [
      "a download link that was made, and not pressed",
      { bundle: calls(staticUse("download", "a.download", { reach: "ran" })) },
      "unseen error",
    ],
    [
      "a package, where nothing was measured",
      { bundle: calls(staticUse("alert", "alert", { provenance: "package" })) },
      "unseen warning",
    ],
    [
      "a bundle, by coverage not reached",
      { bundle: calls(staticUse("alert", "alert", { provenance: "bundle", reach: "unreached" })) },
      "unseen warning",
    ],
  ],
  passes: [
    [
      "it ran, and no such call was made",
      { bundle: calls(staticUse("fullscreen", "requestFullscreen", { reach: "ran" })) },
      "pass",
    ],
    [
      "a package that did not run is counted",
      { bundle: calls(staticUse("alert", "alert", { provenance: "package", reach: "unreached" })) },
      "pass",
    ],
    [
      "a download link whose press may be prevented",
      { bundle: calls(staticUse("download", "<a download>"), staticUse("prevents-default", "preventDefault")) },
      "pass",
    ],
    ["it was seen", { bundle: calls(staticUse("alert", "alert")), apiUses: [use({ api: "alert" })] }, "pass"],
    [
      "it was seen in another trial",
      { bundle: calls(staticUse("alert", "alert")), trials: seenIn("late", { apiUses: [use({ api: "alert" })] }) },
      "pass",
    ],
    [
      "a relative address was asked for",
      {
        bundle: calls(staticUse("relative-url", "/api/x")),
        network: [attempt({ outcome: "failed", blockClass: "relative-url", answeredBy: "sandbox-host" })],
      },
      "pass",
    ],
    ["a bare name is what an import map may know", { bundle: calls(staticUse("relative-url", "react")) }, "pass"],
    [
      "a copy stands beside the clipboard",
      {
        bundle: calls(
          staticUse("clipboard", "navigator.clipboard.writeText"),
          staticUse("exec-copy", "document.execCommand"),
        ),
      },
      "pass",
    ],
    [
      "the host's link stands beside the window",
      { bundle: calls(staticUse("window.open", "open"), staticUse("host-link", "openLink")) },
      "pass",
    ],
    ["the host grants fullscreen", { bundle: calls(staticUse("fullscreen", "requestFullscreen")) }, "pass", "claude"],
    ["what no host refuses", { bundle: calls(staticUse("storage", "localStorage")) }, "pass"],
  ],
});
