/** Texts that stand in source code, of many languages: comments and what they quote are none. Pure. */

export interface TextInSource {
  readonly value: string;
  /** Of its opening quote. */
  readonly start: number;
}

interface Piece {
  /** Null: it is no text. */
  readonly value: string | null;
  readonly end: number;
}

/** @param file whose ending tells how comments begin */
export function textsOf(source: string, file: string): TextInSource[] {
  const pieceAt = /\.(?:py|rb|exs?)$/.test(file) ? hashed : slashed;
  const found: TextInSource[] = [];
  for (let at = 0; at < source.length;) {
    const piece = pieceAt(source, at) ?? quoted(source, at);
    if (piece?.value !== undefined && piece.value !== null) found.push({ value: piece.value, start: at });
    at = piece?.end ?? at + 1;
  }
  return found;
}

const slashed = (source: string, at: number): Piece | null => {
  if (source.startsWith("//", at)) return through(source, at, "\n");
  return source.startsWith("/*", at) ? through(source, at + 2, "*/") : null;
};

const hashed = (source: string, at: number): Piece | null => {
  if (source[at] === "#") return through(source, at, "\n");
  const fence = ['"""', "'''"].find((one) => source.startsWith(one, at));
  return fence === undefined ? null : through(source, at + fence.length, fence);
};

function through(source: string, from: number, last: string): Piece {
  const end = source.indexOf(last, from);
  return { value: null, end: end === -1 ? source.length : end + last.length };
}

/** A text of one line ends with it, so that a quote within a regular expression spoils no other line. */
function quoted(source: string, at: number): Piece | null {
  const quote = source[at];
  if (quote !== '"' && quote !== "'" && quote !== "`") return null;
  for (let end = at + 1; end < source.length; end += 1) {
    const character = source[end];
    if (character === "\\") end += 1;
    else if (character === quote) return { value: source.slice(at + 1, end), end: end + 1 };
    else if (character === "\n" && quote !== "`") return { value: null, end };
  }
  return { value: null, end: source.length };
}
