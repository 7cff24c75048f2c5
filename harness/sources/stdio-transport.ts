/**
 * MCP over a child process. The SDK's own transport ends the child alone; we
 * start it as the leader of a process group, because `npx` and `sh` stand
 * between us and the server, and we keep what it said last for the error text.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import type { Readable } from "node:stream";
import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/client";
import { EXPIRED, withDeadline } from "../lib/deadline.ts";
import { endInWords, type ServerEnd } from "../model/server-record.ts";
import { endRest, endWithUs, hasGroups, signalGroup } from "./process-group.ts";
import type { ServerLogListener } from "../model/server-log.ts";

export interface StdioCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How long a server may take to end after its input was closed, and again after SIGTERM. Milliseconds. */
const GRACE_MS = 1000;
const STDERR_KEPT = 4000;
/** A message longer than this ends the connection, characters: a line without end would fill the memory. */
const LONGEST_LINE = 64 * 1024 * 1024;

export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport["onmessage"];
  /** First line on stdout that was no JSON-RPC message: the protocol forbids it, and some clients break on it. */
  strayOutput: string | null = null;
  #child: ChildProcess | null = null;
  #stderr = "";
  #ended: Promise<void> = Promise.resolve();
  #closing = false;
  /** Null while the process runs, and when we ended it. */
  end: ServerEnd | null = null;
  #notStarted: string | null = null;
  readonly #started: StdioCommand;

  /** @param onEntry is told what the process says beside its messages */
  constructor(
    command: StdioCommand,
    private readonly onEntry: ServerLogListener = () => undefined,
  ) {
    this.#started = command;
  }

  /** Why there is no process, for an error's text; null while it runs, and when we ended it. */
  get endWords(): string | null {
    if (this.#notStarted !== null) return this.#notStarted;
    return this.end === null ? null : endInWords(this.end);
  }

  /** The last lines that the server wrote to stderr. */
  get stderrTail(): string {
    return this.#stderr.trim().split("\n").slice(-8).join("\n");
  }

  async start(): Promise<void> {
    const { command, args, cwd, env } = this.#started;
    // npx and its like are .cmd files on Windows, which only a shell runs.
    const child = spawn(command, [...args], {
      cwd,
      env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: hasGroups,
      shell: !hasGroups,
      windowsHide: true,
    });
    this.#child = child;
    const forget = endWithUs(() => signalGroup(child, "SIGKILL"));
    this.#ended = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        forget();
        const end: ServerEnd = signal ? { how: "signal", value: signal } : { how: "code", value: String(code) };
        if (!this.#closing) this.end ??= end;
        this.onEntry({ kind: "process", text: endInWords(end) });
        resolve();
        this.onclose?.();
      });
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
      this.onEntry({ kind: "stderr", text });
    });
    child.stdin.on("error", (error) => this.onerror?.(error));
    this.#readLines(child.stdout);
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", () => {
        this.onEntry({ kind: "process", text: `started as process ${child.pid ?? 0}` });
        resolve();
      });
      child.once("error", (error) => {
        this.#notStarted = `could not be started: ${error.message}`;
        forget();
        reject(error);
      });
    });
  }

  #readLines(stdout: Readable): void {
    const decoder = new StringDecoder("utf8");
    // Parts are joined once a line is whole: a page of 5 MB comes in 80 parts.
    let parts: string[] = [];
    let length = 0;
    stdout.on("data", (bytes: Buffer) => {
      const pieces = decoder.write(bytes).split("\n");
      for (const piece of pieces.slice(0, -1)) {
        this.#take([...parts, piece].join(""));
        parts = [];
        length = 0;
      }
      const rest = pieces.at(-1) ?? "";
      parts.push(rest);
      length += rest.length;
      if (length > LONGEST_LINE) this.#breakOff(stdout);
    });
  }

  #breakOff(stdout: Readable): void {
    stdout.destroy();
    this.end ??= { how: "line", value: `${LONGEST_LINE / 1024 / 1024} MB` };
    this.onEntry({ kind: "process", text: endInWords(this.end) });
    if (this.#child) signalGroup(this.#child, "SIGKILL");
  }

  #take(line: string): void {
    if (line.trim() === "") return;
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#stray(line);
      return;
    }
    if (typeof message === "object" && message !== null && "jsonrpc" in message)
      this.onmessage?.(message as JSONRPCMessage);
    else this.#stray(line);
  }

  #stray(line: string): void {
    this.strayOutput ??= line.slice(0, 200);
    this.onEntry({ kind: "stray", text: line });
  }

  send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) return Promise.reject(new Error(`The server ${this.endWords ?? "is not running"}.`));
    return new Promise((resolve, reject) => {
      input.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Closes its input, then asks, then ends the whole group, and what is left of it where its leader ended by itself. */
  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#closing = true;
    child.stdin?.end();
    if (!(await within(this.#ended, GRACE_MS))) signalGroup(child, "SIGTERM");
    if (!(await within(this.#ended, GRACE_MS))) signalGroup(child, "SIGKILL");
    await within(this.#ended, GRACE_MS);
    await endRest(child, GRACE_MS);
    // What it started in a group of its own may hold its pipes open, and write on.
    for (const pipe of child.stdio) pipe?.destroy();
  }
}

const within = async (done: Promise<void>, milliseconds: number): Promise<boolean> =>
  (await withDeadline(done, performance.now() + milliseconds)) !== EXPIRED;
