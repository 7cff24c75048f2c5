/** Values that a view may have. */
export const DEVICES = ["desktop", "tablet", "mobile"] as const;
export type Device = (typeof DEVICES)[number];

/** How the tool's result comes to the card. */
export const DELIVER = ["at-once", "late", "stream", "cancel"] as const;
export type Deliver = (typeof DELIVER)[number];

/** Of the user; empty: as the device has it. */
export const POINTERS = ["", "touch", "mouse"] as const;
export type Pointer = (typeof POINTERS)[number];

export function isLocale(text: string): boolean {
  return isKnown(() => Intl.getCanonicalLocales(text).length === 1);
}

/** Of `de-CH, fr`: what is no language tag is left out. */
export const languagesIn = (text: string): readonly string[] =>
  text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && isLocale(tag))
    .slice(0, MOST_LANGUAGES);
const MOST_LANGUAGES = 20;

export function isTimeZone(text: string): boolean {
  return text !== "" && isKnown(() => Boolean(new Intl.DateTimeFormat("en", { timeZone: text })));
}

function isKnown(ask: () => boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
