/** JSON as text: the same values when parsed, and nothing in it steers a terminal or a CI system. */

/** `JSON.stringify` leaves these raw inside strings. */
const RAW =
  /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#(?:vso|teamcity)?\[)|(?<=section_(?:start|end)):(?=\d)/gi;

export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    RAW,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
