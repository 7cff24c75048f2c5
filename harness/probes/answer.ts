/** What an answer to wrong arguments gives away. Pure; secrets are looked for by who holds the scanner. */
import type { ArgumentProbe, Leak } from "../model/probes.ts";
import { hostileTexts } from "./hostile.ts";

/** Frames of stacks as Node, Python, the JVM, Go, Ruby, PHP, .NET and Rust print them. */
const STACKS = [
  /\n[^\S\n]{1,100}at (?:async )?[^\n]{0,200}?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\n()]{1,300}:\d+:\d+\)?/,
  /Traceback \(most recent call last\)/,
  /\n[^\S\n]{0,100}File "[^"\n]{1,300}", line \d+/,
  /\n[^\S\n]{1,100}at [\w$.<>]{1,200}\([\w$]{1,100}\.(?:java|kt|scala):\d+\)/,
  /\ngoroutine \d+ \[/,
  /[\w/.-]{1,60}\.rb:\d{1,7}:in [`']/,
  /Stack trace:\n#0 /,
  /\n[^\S\n]{1,100}at [\w.<>`]{1,200}\([^\n)]{0,200}\) in [^\n]{1,300}:line \d+/,
  /thread '[^'\n]{1,60}' panicked at/,
];
const SHOWN = 200;

export interface FoundLeak {
  readonly leak: Leak;
  readonly shown: string;
}

/** @param text all texts of the answer */
export function leaksIn(text: string, { attack, args, field }: ArgumentProbe): readonly FoundLeak[] {
  const stack = STACKS.map((form) => form.exec(text)?.[0]).find((found) => found !== undefined);
  const proof = hostileTexts.find(({ id }) => id === attack)?.proof?.exec(text)?.[0];
  const planted = attack === "instruction" && isUnmarked(text, String(args[field]));
  return [
    ...(stack === undefined ? [] : [{ leak: "stack" as const, shown: short(stack) }]),
    ...(proof === undefined ? [] : [{ leak: "executed" as const, shown: short(proof) }]),
    ...(planted ? [{ leak: "planted-unmarked" as const, shown: short(text) }] : []),
  ];
}

const short = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, SHOWN);

/** Signs that what follows is quoted, and not said: quotation marks, a fence, an element, a quoting line. */
const MARK = /["'`\u201c\u2018\u00ab>\]]\s*$/;

/** It stands there, and nothing before it says that it is somebody else's text. */
function isUnmarked(text: string, planted: string): boolean {
  const at = text.indexOf(planted);
  return at >= 0 && !MARK.test(text.slice(Math.max(0, at - 20), at));
}
