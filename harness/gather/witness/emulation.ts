/** What a widget's pages believe of the screen and the user: as Playwright 1.65 sets it for a context with these options. */
import type { Identity } from "../browser/identity.ts";
import type { Protocol } from "../browser/protocol.ts";

export interface Emulation {
  /** CSS pixels, for the page that the run opens and for its pop-ups. */
  readonly viewport: { readonly width: number; readonly height: number };
  /** BCP 47. */
  readonly locale: string;
  readonly colorScheme: "light" | "dark";
  readonly touch: boolean;
  /** IANA name. Default: the machine's. */
  readonly timeZone?: string;
  readonly preferences?: Preferences;
}

/** What a user prefers. Default: nothing. */
export interface Preferences {
  /** `navigator.languages` and `Accept-Language`. Default: the locale alone. */
  readonly languages?: readonly string[];
  readonly reducedMotion?: boolean;
  readonly contrast?: "no-preference" | "more";
}

/** For a page or a frame in a process of its own, before it runs. */
export function emulate(
  protocol: Protocol,
  session: { readonly id: string; readonly type: string },
  { viewport, locale, colorScheme, touch, timeZone, preferences }: Emulation,
  identity: Identity,
): void {
  const { id } = session;
  protocol.post("Security.setIgnoreCertificateErrors", { ignore: true }, id);
  if (session.type === "page") {
    const { width, height } = viewport;
    // A widget in the background would neither have the focus nor draw.
    protocol.post("Emulation.setFocusEmulationEnabled", { enabled: true }, id);
    protocol.post(
      "Emulation.setDeviceMetricsOverride",
      {
        mobile: false,
        width,
        height,
        screenWidth: width,
        screenHeight: height,
        deviceScaleFactor: 1,
        screenOrientation: { angle: 0, type: "landscapePrimary" },
      },
      id,
    );
  }
  if (touch) protocol.post("Emulation.setTouchEmulationEnabled", { enabled: true }, id);
  protocol.post(
    "Emulation.setUserAgentOverride",
    { ...identity, acceptLanguage: (preferences?.languages ?? [locale]).join(",") },
    id,
  );
  protocol.post("Emulation.setLocaleOverride", { locale }, id);
  if (timeZone !== undefined) protocol.post("Emulation.setTimezoneOverride", { timezoneId: timeZone }, id);
  emulateMedia(protocol, id, colorScheme, preferences);
}

/** May change while the page is there. */
export function emulateMedia(
  protocol: Protocol,
  session: string,
  colorScheme: Emulation["colorScheme"],
  { reducedMotion = false, contrast = "no-preference" }: Preferences = {},
): void {
  protocol.post(
    "Emulation.setEmulatedMedia",
    {
      media: "",
      features: [
        { name: "prefers-color-scheme", value: colorScheme },
        { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
        { name: "forced-colors", value: "none" },
        { name: "prefers-contrast", value: contrast },
      ],
    },
    session,
  );
}
