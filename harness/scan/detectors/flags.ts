/** Secrets on command lines: `--token VALUE`, `-u user:password`. */
import { hit } from "../hit.ts";
import { isPlaceholder } from "../measure.ts";
import { classOf } from "../names.ts";
import type { Detector } from "../types.ts";
import { judge } from "./assignment.ts";

const FLAG = /--([a-z][\w-]{2,40})\s+(["']?)([^\s"'`]{4,4096})\2(?=\s|$|["'])/iy;
const USER =
  /(?:--user|-u)(?:\s{1,4}|=|(?=["']))["']?([\w.@+-]{0,80})["']?:["']?([^\s"'`:][^\s"'`]{3,255})(?=\s|$|["'])/y;

export const flags: Detector = {
  id: "command-line",
  anchors: ["--", "-u"],
  ignoreCase: false,
  find(text, at) {
    USER.lastIndex = at;
    const user = USER.exec(text);
    if (user) {
      const password = user[2]!;
      if (
        isPlaceholder(password) ||
        (user[1] !== "" && isPlaceholder(user[1]!)) ||
        /^(?:pass(?:word)?|token|secret|test|key)$/i.test(password)
      )
        return null;
      const end = at + user[0].length;
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
    FLAG.lastIndex = at;
    const flag = FLAG.exec(text);
    const named = flag && classOf(flag[1]!);
    if (!flag || !named) return null;
    const end = at + flag[0].length - flag[2]!.length;
    return judge(text, named, { start: end - flag[3]!.length, end, quoted: flag[2] !== "" }, false);
  },
};
