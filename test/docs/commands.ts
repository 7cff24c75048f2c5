/** The commands that README.md and docs/*.md tell to run, for the tests that parse each and run what can be run here. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { splitCommand } from "../../harness/sources/command-line.ts";

const root = join(import.meta.dirname, "../..");

export interface DocCommand {
  readonly page: string;
  /** As it is written, without its comment. */
  readonly text: string;
  readonly words: readonly string[];
}

const pages = ["README.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
const commandOf = (page: string, line: string): DocCommand => {
  const text = line.replace(/\s+#.*$/, "").trim();
  return { page, text, words: splitCommand(text, page) };
};

/** Lines of `sh` blocks. */
export const blockCommands: readonly DocCommand[] = pages.flatMap((page) =>
  [...textOf(page).matchAll(/^```sh\n(.*?)^```$/gms)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => commandOf(page, line)),
);

/** `sandglass …` within a sentence. */
export const inlineCommands: readonly DocCommand[] = pages.flatMap((page) =>
  [...textOf(page).replace(/^```.*?^```$/gms, "").matchAll(/`((?:npx )?sandglass [^`]+)`/g)].map(([, text = ""]) =>
    commandOf(page, text.startsWith("npx ") ? text : `npx ${text}`),
  ),
);

/** Words of a command of Sandglass; null for one of another program. */
export const ownWords = ({ words }: DocCommand): readonly string[] | null =>
  words[0] === "npx" && words[1] === "sandglass" ? words.slice(2) : null;

/** Why a command is parsed and not run; by its beginning. */
const NOT_RUN: readonly (readonly [begins: string, why: string])[] = [
  ["npm start", "installs this repository: CI begins with it"],
  ["npm run ci", "is CI itself"],
  ["npm ci", "installs a project from a registry"],
  ["npm install", "installs from a registry; the package as it is packed has its own test"],
  ["npm run bench", "measures for minutes"],
  ["npm run measure", "measures for minutes"],
  ["npm run soak", "measures for minutes"],
  ["npx jiti test/measure", "measures hosts that are installed beside"],
  ["npx sandglass install-browser", "may bring a browser from the network"],
  ["npx sandglass dev", "runs until it is ended: test/browser/dev"],
  ["npx sandglass probe serve", "runs until it is ended: test/integration/measurement"],
  ["npx -y playwright", "a server, which runs until it is ended: test/browser/remote"],
  ["npx sandglass login", "a person logs in: test/integration/oauth"],
];
const NEEDS_NETWORK = /--browser-endpoint|https:\/\/example\.com|npx -y|--network live/;
const NEEDS_SERVER = /node server\.js/;

/** Why it is parsed and not run, or null when it is run. */
export function whyNotRun({ text }: DocCommand): string | null {
  const [, why] = NOT_RUN.find(([begins]) => text.startsWith(begins)) ?? [];
  if (why !== undefined) return why;
  if (NEEDS_NETWORK.test(text)) return "needs the network";
  return NEEDS_SERVER.test(text) ? "needs a server of the reader's" : null;
}

/** Reasons that no command has. */
export const unusedReasons = NOT_RUN.map(([begins]) => begins).filter(
  (begins) => !blockCommands.some(({ text }) => text.startsWith(begins)),
);
