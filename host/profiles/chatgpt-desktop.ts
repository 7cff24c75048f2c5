/** ChatGPT's desktop app, as far as readings of it and issues tell. */
import { chatgpt, serverOnly } from "./chatgpt.ts";
import { fact, unknown } from "./sourced.ts";
import type { HostProfile } from "./types.ts";

const DESKTOP = "readings of the desktop app, 26.928.21956";

export const chatgptDesktop: HostProfile = {
  ...chatgpt,
  id: "chatgpt-desktop",
  title: "ChatGPT desktop",
  summary:
    "The desktop app: as published on the web, but for workers of its own origin, entries over http, sizes, links, the microphone, and what window.openai lacks.",
  whenUndeclared: fact(
    null,
    "medium",
    "Open-Document-Alliance/PDF-Tools PR #134: the capture is of a component that declares nothing, and its worker-src is the desktop's",
    "2026-08-10",
  ),
  entryFilter: fact(
    "upgraded",
    "high",
    "openai/codex #30560 (26.623.61825)",
    "2026-10-01",
    "ws and http entries for requests become https; frames over http are dropped; loopback is blocked (#45913)",
  ),
  innerPolicy: fact(
    (chatgpt.innerPolicy.value ?? []).map((directive) =>
      directive.name === "worker-src"
        ? { ...directive, sources: ["'self'", "blob:"] }
        : { ...directive, undeclared: serverOnly(directive.sources) },
    ),
    "medium",
    "Open-Document-Alliance/PDF-Tools PR #134, Mac app 26.803.41515",
    "2026-08-10",
    "only worker-src is known to differ; the full text was not recorded",
  ),
  frames: {
    ...chatgpt.frames,
    sandboxQuery: fact(
      { app: "skybridge", locale: "en-US", deviceType: "desktop", unsafeSkipTargetOriginCheck: "true" },
      "medium",
      DESKTOP,
      "2026-10-01",
      "of codex-sandbox://mcp-server-<name>-<16 hex>.web-sandbox.oaiusercontent.com since 2026-08-13, for which https stands here; backgroundMode=transparent was seen on 2026-08-28",
    ),
    outerAllow: fact(
      "fullscreen *",
      "high",
      "openai/codex #34304",
      "2026-07-20",
      "the app's list of features holds nothing else",
    ),
    refusedFeatures: fact(
      ["microphone"],
      "high",
      "openai/codex #34304; openai-apps-sdk-examples #224",
      "2026-07-20",
      "refused without a prompt, in the macOS and the iOS app",
    ),
  },
  bridge: {
    ...chatgpt.bridge,
    availableDisplayModes: fact(
      ["inline", "fullscreen"],
      "medium",
      "openai/mcp-extensions docs/spec.md",
      "2026",
      "it answers with whatever was asked for, and draws these",
    ),
    containerDimensions: fact(
      { maxWidth: "frame", maxHeight: "frame" },
      "medium",
      DESKTOP,
      "2026-10-01",
      "as measured",
    ),
    unreportedHeight: fact(240, "medium", DESKTOP, "2026-10-01"),
    heightRange: fact({ min: 200, max: 720 }, "medium", DESKTOP, "2026-10-01"),
    contextFields: fact(
      chatgpt.bridge.contextFields.value.filter((field) => field !== "toolInfo"),
      "medium",
      DESKTOP,
      "2026-10-01",
    ),
    styles: unknown(null, "76 variables with other values than on the web, most of which are not here"),
    openaiMissing: fact(
      [
        "requestClose",
        "requestModal",
        "uploadFile",
        "selectFiles",
        "getFileDownloadUrl",
        "requestCheckout",
        "setOpenInAppUrl",
        "notifyIntrinsicHeight",
      ],
      "medium",
      "MCPJam probe",
      "2026-08-19",
    ),
    cancelled: fact(false, "medium", DESKTOP, "2026-10-01"),
    safeLinkDialog: fact(false, "medium", DESKTOP, "2026-10-01", "the external browser, without a dialog"),
  },
};
