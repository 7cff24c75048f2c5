/** Child processes that lead a group of their own, because `npx` and `sh` stand between us and the program. */
import { spawn, type ChildProcess } from "node:child_process";

export const hasGroups = process.platform !== "win32";

/** Signals the process and everything it started. */
export function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  if (!hasGroups) {
    spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
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
