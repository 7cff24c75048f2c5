/** Secrets on command lines: `--token VALUE`, `-u user:password`. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isPlaceholder } from "../measure.ts";
import { classOf } from "../names.ts";
import type { Detector, Hit } from "../types.ts";
import { namedHit } from "./assignment.ts";

const FLAG = /--([a-z][\w-]{2,40})\s+(["']?)([^\s"'`]{4,4096})\2(?=\s|$|["'])/iy;
const USER =
  /(?:--user|-u)(?:\s{1,4}|=|(?=["']))["']?([\w.@+-]{0,80})["']?:["']?([^\s"'`:][^\s"'`]{3,255})(?=\s|$|["'])/y;

export const flags: Detector = {
  id: "command-line",
  anchors: ["--", "-u"],
  ignoreCase: false,
  find(text, at) {
    const user = matchAt(USER, text, at);
    return user ? userHit(user, at) : flagHit(text, at);
  },
};

function userHit([whole, name = "", password = ""]: RegExpExecArray, at: number): Hit | null {
  const isMadeUp = /^(?:pass(?:word)?|token|secret|test|key)$/i.test(password) || isPlaceholder(password);
  if (isMadeUp || (name !== "" && isPlaceholder(name))) return null;
  const end = at + whole.length;
  return hit({
    start: end - password.length,
    end,
    kind: "basic-auth",
    title: "Basic credentials",
    confidence: "likely",
    value: password,
    why: "it follows the user name of a command-line flag",
  });
}

function flagHit(text: string, at: number): Hit | null {
  const [whole, name = "", quote = "", value = ""] = matchAt(FLAG, text, at) ?? [];
  const named = classOf(name);
  if (whole === undefined || !named) return null;
  const end = at + whole.length - quote.length;
  return namedHit(text, named, { start: end - value.length, end, quoted: quote !== "" }, false);
}
