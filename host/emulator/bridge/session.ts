/** What both surfaces of one rendering share: state, server, journal, and what the host does when asked. */
import { grantDisplayMode, mayShow, needsSafeLink, opensLink, type DeclaredModes } from "./results.ts";
import type { Journal } from "./journal.ts";
import type { CallRefusal, HostState, ServerPort, StageBoot, UserPort } from "./types.ts";
import type { DisplayMode } from "../../profiles/types.ts";
import { isRecord } from "../../csp/record.ts";

export class HostSession {
  state: HostState;
  readonly #surfaces = new Set<string>();
  #declaredModes: DeclaredModes = null;
  #stateListener: (changed: Partial<HostState>) => void = () => undefined;

  constructor(
    readonly boot: StageBoot,
    readonly server: ServerPort,
    readonly journal: Journal,
    /** null: nobody is there to be asked. */
    readonly user: UserPort | null = null,
  ) {
    this.state = boot.state;
  }

  onStateChange(listener: (changed: Partial<HostState>) => void): void {
    this.#stateListener = listener;
  }

  /** What the widget says of itself in its handshake. */
  declareModes(modes: DeclaredModes): void {
    this.#declaredModes = modes;
  }

  /** What became of it: a mode that the widget does not declare is left out. */
  setState(given: Partial<HostState>): Partial<HostState> {
    const { displayMode, ...rest } = given;
    const isShown = displayMode !== undefined && mayShow(displayMode, this.#declaredModes);
    const changed = isShown ? given : rest;
    this.state = { ...this.state, ...changed };
    this.#stateListener(changed);
    return changed;
  }

  uses(surface: "mcp-apps" | "openai"): void {
    if (this.#surfaces.has(surface)) return;
    this.#surfaces.add(surface);
    this.journal.emit({ type: "surface", surface });
  }

  /** @throws Error when the server refuses, or when the host turns a failed result into a rejection. */
  async callTool(name: unknown, args: unknown): Promise<unknown> {
    const named = String(name);
    const given = isRecord(args) ? args : {};
    const report = (outcome: "ok" | "error" | "refused", detail: string, refusal?: CallRefusal) =>
      this.journal.emit({
        type: "tool-call",
        name: named,
        args: clipped(given),
        outcome,
        ...(refusal ? { refusal } : {}),
        ...(detail ? { detail } : {}),
      });
    let result: unknown;
    try {
      result = await this.server.callTool(named, given);
    } catch (error) {
      report("refused", (error as Error).message, (error as { refusal?: CallRefusal }).refusal ?? "failed");
      throw error;
    }
    const failed = isRecord(result) && result.isError === true;
    report(failed ? "error" : "ok", failed ? textOf(result) : "");
    if (failed && this.boot.profile.bridge.failedToolCall.value === "throw")
      throw new Error(textOf(result) || `Tool ${named} failed`);
    return result;
  }

  /** Whether the host opens it. */
  openLink(url: string): boolean {
    this.journal.emit({ type: "open-link", url: url.slice(0, 2000), safeLink: needsSafeLink(this.boot, url) });
    return opensLink(this.boot.profile, url);
  }

  requestDisplayMode(asked: unknown): DisplayMode {
    const granted = grantDisplayMode(this.boot.profile, this.state, asked, this.#declaredModes);
    this.journal.emit({ type: "display-mode", requested: String(asked).slice(0, 40), granted });
    if (granted && granted !== this.state.displayMode) this.setState({ displayMode: granted });
    return this.state.displayMode;
  }

  size(width: unknown, height: unknown): void {
    const number = (value: unknown) =>
      typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
    const [w, h] = [number(width), number(height)];
    this.journal.emit({
      type: "size",
      ...(w === undefined ? {} : { width: w }),
      ...(h === undefined ? {} : { height: h }),
    });
  }
}

const ARGS_LIMIT = 100_000;

/** Arguments as they are reported: a 50 MB call is told by its beginning. */
function clipped(args: Readonly<Record<string, unknown>>): unknown {
  const text = JSON.stringify(args);
  return text.length <= ARGS_LIMIT ? args : { clipped: text.slice(0, ARGS_LIMIT), bytes: text.length };
}

function textOf(result: unknown): string {
  const content = isRecord(result) && Array.isArray(result.content) ? result.content : [];
  return content
    .map((block: unknown) => (isRecord(block) && typeof block.text === "string" ? block.text : ""))
    .join("\n")
    .trim()
    .slice(0, 500);
}
