/**
 * Texts of the scripts that evidence points into. Chromium counts the lines of
 * a script that `document.write` brought in from the script's own start (seen
 * in 156), so a place is only known together with the script's text.
 */
import type { Protocol } from "../browser/protocol.ts";
import { withDeadline } from "../../lib/deadline.ts";
import { callsShown, scriptKey, type RunLog, type SeenPlace } from "../witness/run-log.ts";

/** Scripts read at most, and milliseconds for all of them. */
const SCRIPT_LIMIT = 100;
const READ_MS = 1500;

/** Reads what the log points into, and the document's inline scripts, while the widget still stands. */
export async function readScripts(protocol: Protocol, log: RunLog): Promise<void> {
  const wanted = new Map<string, { readonly session: string; readonly scriptId: string }>();
  const want = (place: SeenPlace | null) => {
    if (place?.scriptId && place.session && wanted.size < SCRIPT_LIMIT)
      wanted.set(scriptKey(place.session, place.scriptId), { session: place.session, scriptId: place.scriptId });
  };
  for (const issue of log.issues.values) want(issue.place);
  for (const message of log.allMessages) want(message.place);
  for (const request of log.requests.values()) want(request.place);
  for (const socket of log.sockets) want(socket.place);
  for (const { place } of callsShown(log.hungIn)) want(place);
  for (const inline of log.inlineScripts) want({ url: "", line: 0, column: 0, ...inline });
  for (const key of log.blobScripts) {
    const [session = "", scriptId = ""] = key.split(" ");
    want({ url: "", line: 0, column: 0, session, scriptId });
  }
  const reading = [...wanted]
    .filter(([key]) => !log.scripts.has(key))
    .map(async ([key, { session, scriptId }]) => {
      // A worker or frame that has ended took its text along.
      const source = await protocol.send("Debugger.getScriptSource", { scriptId }, session).then(
        ({ scriptSource }) => scriptSource,
        () => null,
      );
      if (source !== null) log.scripts.set(key, source);
    });
  await withDeadline(Promise.all(reading), performance.now() + READ_MS);
}
