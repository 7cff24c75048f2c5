/** What the other of two renderings has otherwise. */
import { DEVICES, isLocale, type Device } from "./values.ts";

export interface Versus {
  readonly profile?: string;
  readonly theme?: "light" | "dark";
  readonly locale?: string;
  readonly device?: Device;
  /** CSS pixels. */
  readonly width?: number;
}

/** `profile:chatgpt-dev,theme:dark`, as the URL has it. */
export const writeVersus = (versus: Versus): string =>
  Object.entries(versus)
    .map(([name, value]) => `${name}:${String(value)}`)
    .join(",");

/** Anything may stand there; null: nothing that is known. */
export function readVersus(text: string | null): Versus | null {
  const given = new Map(
    (text ?? "").split(",").map((part): [string, string] => {
      const at = part.indexOf(":");
      return [part.slice(0, Math.max(0, at)), part.slice(at + 1)];
    }),
  );
  const [theme, locale, width] = [given.get("theme"), given.get("locale"), Number(given.get("width") ?? NaN)];
  const device = DEVICES.find((one) => one === given.get("device"));
  const profile = given.get("profile");
  const versus: Versus = {
    ...(profile ? { profile } : {}),
    ...(theme === "light" || theme === "dark" ? { theme } : {}),
    ...(locale !== undefined && isLocale(locale) ? { locale } : {}),
    ...(device ? { device } : {}),
    ...(width >= 1 && width <= 10_000 ? { width } : {}),
  };
  return Object.keys(versus).length > 0 ? versus : null;
}
