/** A browser that is started before it is known what it is for, while the modules that need it are still being loaded. */
import { findBrowser } from "./find.ts";
import { BrowserProcess } from "./process.ts";

let ahead: BrowserProcess | null = null;

/** Starts it; it is ended with this process when nobody takes it. What goes wrong is reported to whoever asks for a browser. */
export function startAhead(path: string | undefined): void {
  try {
    ahead = new BrowserProcess(findBrowser(path ? { path } : {}).path);
    ahead.unref();
  } catch {
    ahead = null;
  }
}

/** The browser that was started ahead, if it is the one at `path`; it is the caller's to end. */
export function takeHeadStart(path: string): BrowserProcess | null {
  if (ahead?.path !== path) return null;
  const taken = ahead;
  ahead = null;
  taken.ref();
  return taken;
}
