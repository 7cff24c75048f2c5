/** A command line as text to its words, as a POSIX shell would split it, with nothing expanded. */
import { SandglassError } from "../model/errors.ts";

/**
 * `npx -y "my server" --stdio` → four words. Quotes group, a backslash keeps
 * the next character (inside single quotes it is plain). No variables, globs,
 * pipes or redirections: the words are run without a shell.
 * @throws SandglassError `BAD_USAGE`
 */
export function splitCommand(line: string): readonly [command: string, ...args: string[]] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let index = 0; index < line.length; index++) {
    const char = line[index]!;
    if (quote === "'") {
      if (char === "'") quote = null;
      else word += char;
    } else if (char === "\\" && (quote === null || '"\\'.includes(line[index + 1] ?? " "))) {
      word = (word ?? "") + (line[++index] ?? "");
    } else if (quote === '"') {
      if (char === '"') quote = null;
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== null)
    throw new SandglassError("BAD_USAGE", `--mcp-stdio ${line}: a ${quote} is not closed.`, "Close the quote.");
  if (word !== null) words.push(word);
  const [command, ...args] = words;
  if (!command)
    throw new SandglassError(
      "BAD_USAGE",
      "--mcp-stdio was given no command.",
      'Give the server\'s command line, e.g. --mcp-stdio "node server.js --stdio".',
    );
  return [command, ...args];
}
