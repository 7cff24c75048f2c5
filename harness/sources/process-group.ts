/** Child processes that lead a group of their own, because `npx` and `sh` stand between us and the program. */
import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as elapsed } from "node:timers/promises";

export const hasGroups = process.platform !== "win32";

/** Signals the process and everything it started, which may be there when it has ended itself. */
export function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  if (hasGroups) sendToGroup(child.pid, signal);
  else if (child.exitCode === null) spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
}

/** Between two looks at a group that was asked to end, milliseconds. */
const LOOK_MS = 20;

/** Ends what a process that is gone has left in its group: by SIGTERM, and after `graceMs` by SIGKILL. */
export async function endRest({ pid }: Pick<ChildProcess, "pid">, graceMs: number): Promise<void> {
  if (pid === undefined || !hasGroups || !sendToGroup(pid, "SIGTERM")) return;
  const until = performance.now() + graceMs;
  while (performance.now() < until) {
    await elapsed(LOOK_MS);
    if (!sendToGroup(pid, 0)) return;
  }
  sendToGroup(pid, "SIGKILL");
}

/** False when nobody of it is there, or nobody whom we may end; macOS says the latter of those that have ended and are not yet gone. */
function sendToGroup(pid: number, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return false;
  }
}

const FATAL = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A process group of its own does not get the terminal's Ctrl-C, so we pass
 * our own end on. Returns how to take that back.
 */
export function endWithUs(endIt: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    endIt();
    forget();
    // Nobody else answers this signal: do what it does by default.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = (): void => {
    process.off("exit", endIt);
    for (const signal of FATAL) process.off(signal, onSignal);
  };
  process.on("exit", endIt);
  for (const signal of FATAL) process.on(signal, onSignal);
  return forget;
}
