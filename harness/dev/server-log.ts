/** What was said to the MCP server and by it: the last of it, in memory alone, masked where it is handed out. */
import { stripVTControlCharacters } from "node:util";
import { isRecord } from "../../host/csp/record.ts";
import type { LogPage, LogRow } from "../../host/server/server-types.ts";
import type { ServerLogEntry } from "../model/server-log.ts";
import { hidingOf, scanText, scanValue, type Hiding } from "../scan/index.ts";

/** Rows kept, and the characters of all of them together. */
const MOST_ROWS = 10_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** Of one row; the rest of it is left out. */
const LONGEST_ROW = 64 * 1024;
/** Read beyond that, so that a secret across the cut is known, characters. */
const OVERLAP = 8 * 1024;
/** One answer takes no more rows, and no more time, milliseconds. */
const ROWS_AT_ONCE = 1000;
const TIME_AT_ONCE_MS = 40;
/** What is said is told no more often than this, milliseconds. */
const REST_MS = 100;
/** Requests that wait for an answer; older ones are answered unnamed. */
const MOST_OPEN = 1000;

interface Kept {
  readonly row: Omit<LogRow, "text">;
  /** Until it was shown once: the message itself when it is whole, else its text. */
  raw: unknown;
  masked: string | null;
  readonly characters: number;
}

type Message = Extract<ServerLogEntry, { kind: "message" }>;

export class ServerLog {
  #rows: Kept[] = [];
  #last = 0;
  #characters = 0;
  #stderr = "";
  readonly #open = new Map<string, { readonly method: string; readonly atMs: number }>();
  readonly #hiding: Hiding;
  #telling: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param secrets what the user gave to be let in
   * @param onChange there are further rows
   */
  constructor(
    secrets: readonly string[],
    private readonly onChange: (last: number) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.#hiding = hidingOf(secrets);
  }

  readonly add = (entry: ServerLogEntry): void => {
    if (entry.kind === "message") this.#message(entry);
    else if (entry.kind === "stderr") this.#said(entry.text);
    else {
      this.#flush();
      this.#text(entry.kind, entry.text);
    }
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      this.#flush();
      this.onChange(this.#last);
    }, REST_MS).unref();
  };

  page(after: number): LogPage {
    const deadline = performance.now() + TIME_AT_ONCE_MS;
    const first = this.#last - this.#rows.length + 1;
    const from = Math.max(0, Math.min(this.#rows.length, after - first + 1));
    const rows: LogRow[] = [];
    for (const kept of this.#rows.slice(from, from + ROWS_AT_ONCE)) {
      rows.push({ ...kept.row, text: this.#masked(kept) });
      if (performance.now() > deadline) break;
    }
    return {
      rows,
      first,
      last: rows.at(-1)?.seq ?? Math.max(after, first - 1),
      more: from + rows.length < this.#rows.length,
    };
  }

  close(): void {
    if (this.#telling) clearTimeout(this.#telling);
  }

  #message({ to, session, message }: Message): void {
    const text = jsonOf(message);
    const { id, method } = isRecord(message) ? message : {};
    const isNamed = typeof method === "string";
    const atMs = this.now();
    const key = `${session} ${isNamed ? to : otherSide(to)} ${String(id)}`;
    const asked = isNamed ? undefined : this.#open.get(key);
    if (isNamed && id !== undefined) this.#wait(key, method, atMs);
    else this.#open.delete(key);
    this.#keep(
      {
        atMs,
        kind: kindOf(message),
        to,
        method: (isNamed ? method : (asked?.method ?? "")).slice(0, 200),
        ...(typeof id === "string" || typeof id === "number"
          ? { id: typeof id === "string" ? id.slice(0, 80) : id }
          : {}),
        ...(asked ? { ms: atMs - asked.atMs } : {}),
        bytes: Buffer.byteLength(text),
      },
      text.length <= LONGEST_ROW && text !== TOO_DEEP ? message : text.slice(0, LONGEST_ROW + OVERLAP),
      text.length,
    );
  }

  #wait(key: string, method: string, atMs: number): void {
    this.#open.set(key, { method, atMs });
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
  }

  /** What is written at once stays together, up to the end of its last whole line: a stack, a key of many lines. */
  #said(text: string): void {
    this.#stderr += text;
    const end = this.#stderr.lastIndexOf("\n");
    if (end < 0 && this.#stderr.length < LONGEST_ROW) return;
    const whole = end < 0 ? this.#stderr : this.#stderr.slice(0, end);
    this.#stderr = end < 0 ? "" : this.#stderr.slice(end + 1);
    this.#text("stderr", whole);
  }

  #flush(): void {
    if (this.#stderr === "") return;
    this.#text("stderr", this.#stderr);
    this.#stderr = "";
  }

  #text(kind: "stderr" | "stray" | "process" | "http", said: string): void {
    const text = stripVTControlCharacters(said);
    if (text.trim() === "") return;
    const raw = text.slice(0, LONGEST_ROW + OVERLAP);
    this.#keep({ atMs: this.now(), kind, to: null, method: "", bytes: Buffer.byteLength(said) }, raw, text.length);
  }

  #keep(row: Omit<LogRow, "text" | "seq" | "clipped">, raw: unknown, length: number): void {
    const characters = Math.min(length, LONGEST_ROW);
    this.#last += 1;
    this.#rows.push({ row: { ...row, seq: this.#last, clipped: length > LONGEST_ROW }, raw, masked: null, characters });
    this.#characters += characters;
    let gone = 0;
    // A tenth more, so that they go many at a time.
    if (this.#rows.length > MOST_ROWS * 1.1) gone = this.#rows.length - MOST_ROWS;
    for (let rest = this.#characters; rest > MOST_CHARACTERS; gone++) rest -= this.#rows[gone]?.characters ?? rest;
    if (gone === 0) return;
    for (const one of this.#rows.splice(0, gone)) this.#characters -= one.characters;
  }

  #masked(kept: Kept): string {
    if (kept.masked !== null) return kept.masked;
    const { raw } = kept;
    const text =
      typeof raw === "string"
        ? scanText(raw, "console").masked
        : ((JSON.stringify(scanValue(raw, "message").masked) as string | undefined) ?? "");
    kept.masked = this.#hiding.text(text).slice(0, LONGEST_ROW);
    kept.raw = null;
    return kept.masked;
  }
}

const TOO_DEEP = "[nested too deep to be shown]";

/** What can be read as JSON may be too deep to be written as JSON. */
function jsonOf(message: unknown): string {
  try {
    return JSON.stringify(message);
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP;
    throw error;
  }
}

const otherSide = (to: Message["to"]): Message["to"] => (to === "server" ? "client" : "server");

function kindOf(message: unknown): LogRow["kind"] {
  if (!isRecord(message)) return "notification";
  if (typeof message.method === "string") return message.id === undefined ? "notification" : "request";
  return message.error === undefined ? "answer" : "error";
}
