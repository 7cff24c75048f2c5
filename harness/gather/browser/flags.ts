/**
 * Launch flags. Playwright's own list is kept, but the last
 * `--disable-features` wins, so ours is complete: Playwright 1.65's, less
 * `ThirdPartyStoragePartitioning` (with it, storage throws in the nested frame,
 * which ChatGPT does not do), plus `IsolateSandboxedIframes` (or injected
 * recorders lose a race in sandboxed srcdoc frames).
 */
const DISABLED_FEATURES = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "IsolateSandboxedIframes",
  "LocalNetworkAccessChecks",
];

/** The second wall behind the boundary: names do not resolve, WebRTC and QUIC have no wire. */
export function launchFlags(options: { readonly debuggingPort: number }): string[] {
  return [
    `--remote-debugging-port=${options.debuggingPort}`,
    `--disable-features=${DISABLED_FEATURES.join(",")}`,
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE *.localhost , EXCLUDE 127.0.0.1",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--ignore-certificate-errors",
    // The shell does not isolate sites by default; the widget's process must not be the host page's.
    "--site-per-process",
    // Software WebGL, so that a map or a 3D scene draws on a machine without a graphics card.
    "--enable-unsafe-swiftshader",
    // Unpartitioned cookies of a frame are not stored in ChatGPT; Chromium alone still stores them in a fresh profile.
    "--test-third-party-cookie-phaseout",
    "--mute-audio",
    // A microphone and a camera on every machine, and a user who lets the widget have them: what the host's policy refuses stays refused.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
  ];
}

/** Chromium refuses to sandbox itself as root; only then is its sandbox switched off. */
export function runsAsRoot(): boolean {
  return typeof process.getuid === "function" && process.getuid() === 0;
}
