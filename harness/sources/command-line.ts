/** A command line as text to its words, as a POSIX shell would split it, with nothing expanded. */
import { SandglassError } from "../model/errors.ts";

/** Space, then what a word is made of: '…', "…", an escaped character, plain text; last a quote that is not closed. */
const PIECES = /(\s+)|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S]?)|([^\s'"\\]+)|(['"])/g;

/**
 * `npx -y "my server" --stdio` → four words. Quotes group, a backslash keeps
 * the next character (inside single quotes it is plain). No variables, globs,
 * pipes or redirections: the words are run without a shell.
 * @param by what named it, for messages
 * @throws SandglassError `BAD_USAGE`
 */
export function splitCommand(line: string, by = "--mcp-stdio"): readonly [command: string, ...args: string[]] {
  const words: string[] = [];
  let isNewWord = true;
  for (const [, space, single, double, escaped, plain, unclosed] of line.matchAll(PIECES)) {
    if (unclosed !== undefined)
      throw new SandglassError("BAD_USAGE", `${by} ${line}: a ${unclosed} is not closed.`, "Close the quote.");
    if (space === undefined) {
      const piece = single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? plain ?? "";
      words.push(isNewWord ? piece : `${words.pop() ?? ""}${piece}`);
    }
    isNewWord = space !== undefined;
  }
  const [command, ...args] = words;
  if (!command)
    throw new SandglassError(
      "BAD_USAGE",
      `${by} was given no command.`,
      'Give a command line, e.g. "node server.js --stdio".',
    );
  return [command, ...args];
}
