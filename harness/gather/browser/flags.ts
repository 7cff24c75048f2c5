/**
 * Launch flags: those of Playwright 1.65 for a headless Chromium, so that a
 * widget behaves as it does in its owner's Playwright tests, and ours.
 */

/**
 * Playwright's, less `ThirdPartyStoragePartitioning` (with it, storage throws
 * in the nested frame, which ChatGPT does not do), plus
 * `IsolateSandboxedIframes` (or injected recorders lose a race in sandboxed
 * srcdoc frames) and `SpareRendererForSitePerProcess` (each rendering would
 * start a process that nothing uses). The last `--disable-features` wins: there is only this one.
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
  "SpareRendererForSitePerProcess",
];

/** How a widget is confined and what it may see: for every Chromium that shows one, whoever starts it. */
export const SANDBOX_FLAGS: readonly string[] = [
  `--disable-features=${DISABLED_FEATURES.join(",")}`,
  // The second wall behind the boundary: names do not resolve, WebRTC and QUIC have no wire.
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

/** For a browser that we do not start ourselves; with the last it shows its command line, so that we know. */
export const REMOTE_FLAGS: readonly string[] = [...SANDBOX_FLAGS, "--enable-automation"];

const NAME = /^--([^=]+)=?(.*)$/;

/** Flags of the sandbox that a command line lacks. Of those that list features or say a value, each part is asked for. */
export function missingFlags(words: readonly string[]): readonly string[] {
  const given = new Map<string, string>();
  for (const word of words) {
    const [, name, value = ""] = NAME.exec(word) ?? [];
    // Chromium takes the last of a flag that is given twice.
    if (name !== undefined) given.set(name, value);
  }
  return SANDBOX_FLAGS.filter((flag) => {
    const [, name = "", value = ""] = NAME.exec(flag) ?? [];
    const own = given.get(name);
    if (own === undefined) return true;
    if (name !== "disable-features") return own !== value;
    return !value.split(",").every((feature) => own.split(",").includes(feature)) || /ThirdPartyStorage/.test(own);
  });
}

/**
 * Playwright's, of which `chromiumSwitches.ts` tells the reasons, less `--disable-ipc-flooding-protection`: with it
 * 100,000 calls of `pushState` hold the browser, and all that it shows, for half a minute; a user's browser ignores them.
 */
const QUIET_FLAGS: readonly string[] = [
  "--disable-field-trial-config",
  "--disable-background-networking",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-back-forward-cache",
  "--disable-breakpad",
  "--disable-component-extensions-with-background-pages",
  "--disable-component-update",
  "--no-default-browser-check",
  "--disable-default-apps",
  "--disable-dev-shm-usage",
  "--disable-extensions",
  "--enable-features=CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies",
  "--allow-pre-commit-input",
  "--disable-hang-monitor",
  "--disable-popup-blocking",
  "--disable-prompt-on-repost",
  "--disable-renderer-backgrounding",
  "--disable-updater-scheduler",
  "--force-color-profile=srgb",
  "--metrics-recording-only",
  "--no-first-run",
  "--password-store=basic",
  "--use-mock-keychain",
  "--no-service-autorun",
  "--disable-search-engine-choice-screen",
  "--unsafely-disable-devtools-self-xss-warnings",
  "--disable-stack-profiler",
  "--disable-infobars",
  "--disable-sync",
  "--do-not-de-elevate",
  "--headless",
  // Playwright does without: `navigator.webdriver` is false, as for users.
  "--disable-blink-features=AutomationControlled",
  "--hide-scrollbars",
  "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
];

/** Everything for a Chromium of ours. @param profileFolder its `--user-data-dir`, which is its alone */
export function launchFlags(profileFolder: string): string[] {
  return [
    ...QUIET_FLAGS,
    ...SANDBOX_FLAGS,
    ...(runsAsRoot() ? ["--no-sandbox"] : []),
    `--user-data-dir=${profileFolder}`,
    "--remote-debugging-pipe",
    "--no-startup-window",
  ];
}

/** Chromium refuses to sandbox itself as root; only then is its sandbox switched off. */
export function runsAsRoot(): boolean {
  return typeof process.getuid === "function" && process.getuid() === 0;
}
