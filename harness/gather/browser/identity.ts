/** Who the browser says it is. Pure. */
import type { Protocol } from "devtools-protocol";

/** For `Emulation.setUserAgentOverride`; an empty `userAgent` keeps the browser's own. */
export type Identity = Pick<Protocol.Emulation.SetUserAgentOverrideRequest, "userAgent" | "userAgentMetadata">;

/**
 * That of a user's browser where it is a headless one, so that no widget behaves otherwise because it is watched.
 * @param userAgent as the browser tells it, `Browser.getVersion`
 */
export function identityOf(userAgent: string): Identity {
  const [headless, major, rest] = /HeadlessChrome\/(\d{1,5})([\d.]{0,20})/.exec(userAgent) ?? [];
  if (headless === undefined || major === undefined) return { userAgent: "" };
  return {
    // Users' browsers tell no more than the first number.
    userAgent: userAgent.replace(headless, `Chrome/${major}.0.0.0`),
    userAgentMetadata: {
      brands: brandsOf("8", major),
      fullVersionList: brandsOf("8.0.0.0", `${major}${rest}`),
      platform: platformOf(userAgent),
      platformVersion: "",
      architecture: "",
      model: "",
      mobile: false,
    },
  };
}

const brandsOf = (grease: string, chromium: string) => [
  { brand: "Not:A-Brand", version: grease },
  { brand: "Chromium", version: chromium },
];

function platformOf(userAgent: string): string {
  if (/Windows NT/.test(userAgent)) return "Windows";
  return /Macintosh/.test(userAgent) ? "macOS" : "Linux";
}
