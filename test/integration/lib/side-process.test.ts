/** A process of ours that ends while nobody asks it anything costs nobody an answer. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { ReaderMessage, ReadRequest } from "../../../harness/bundle/reader-messages.ts";
import { SideProcess } from "../../../harness/lib/side-process.ts";

const CODE: ReadRequest = {
  text: { name: "a.js", language: "script", code: "fetch('https://a.example/')" },
  unreadable: new Map(),
};

/** Those that this process started and that still run. */
const children = (): number[] =>
  execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+.*reader-process/.exec(line))
    .flatMap((match) => (match && Number(match[2]) === process.pid ? [Number(match[1])] : []));

test("a question asked before the end of the last process is known goes to another", async () => {
  // Other files of this worker have started some, too.
  const others = children();
  const ours = () => children().filter((pid) => !others.includes(pid));
  const reader = new SideProcess<ReadRequest, ReaderMessage>({ file: "reader-process.js", memory: 256 });
  const ask = () => reader.ask(CODE, { patience: 20_000, isAnswer: ({ kind }) => kind !== "part" });
  expect(await ask()).toHaveProperty("answer");
  const before = ours();
  expect(before).toHaveLength(1);
  for (const pid of before) process.kill(pid, "SIGKILL");
  expect(await ask()).toHaveProperty("answer");
  expect(ours()).not.toEqual(before);
}, 30_000);
