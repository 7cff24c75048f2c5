/** JSON as text: the same values when parsed, and nothing in it steers a terminal or a CI system. */

/** `JSON.stringify` leaves these raw inside strings. */
const RAW =
  /[\u007f-\u009f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e01ef}]|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]|(?<=[\u200b-\u200d])[\u200b-\u200d]|#(?=#(?:vso|teamcity)?\[)|(?<=section_(?:start|end)):(?=\d)/giu;

export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2).replace(RAW, escaped);

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
