/** Whether a command line asks for a browser of ours, read before anything that could read it properly is loaded. */

const RENDERS = /^(check|allowlist)$/;
const NEEDS_NONE = /^(-h|--help|--evidence(=.*)?|--browser-endpoint(=.*)?)$/;
const PATH = "--browser-path";

/** Which browser to start ahead; null when none is needed. A wrong guess costs a start, and is ended with the process. */
export function browserAhead([command = "", ...words]: readonly string[]): { readonly path?: string } | null {
  if (!RENDERS.test(command) || words.some((word) => NEEDS_NONE.test(word))) return null;
  const at = words.findIndex((word) => word === PATH || word.startsWith(`${PATH}=`));
  if (at === -1) return {};
  const path = words[at] === PATH ? words[at + 1] : words[at]?.slice(PATH.length + 1);
  return path ? { path } : null;
}
