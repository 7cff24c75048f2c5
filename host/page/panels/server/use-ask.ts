/** One question to the server at a time, and its answer. */
import { useEffect, useRef, useState } from "react";
import type { ServerQuestion, ServerReply } from "../../../server/server-types.ts";
import { api, RequestFailed } from "../../api.ts";

export interface Asking {
  readonly reply: ServerReply | null;
  readonly isWaiting: boolean;
  readonly ask: (question: ServerQuestion, onReply?: (reply: ServerReply) => void) => void;
  readonly stop: () => void;
}

export function useAsk(): Asking {
  const [reply, setReply] = useState<ServerReply | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const open = useRef<AbortController | null>(null);
  const stop = () => {
    open.current?.abort();
    open.current = null;
    setWaiting(false);
  };
  useEffect(() => () => open.current?.abort(), []);
  const ask: Asking["ask"] = (question, onReply) => {
    stop();
    const mine = new AbortController();
    open.current = mine;
    setWaiting(true);
    setReply(null);
    api
      .ask(question, mine.signal)
      .catch((error: unknown): ServerReply => {
        if (error instanceof RequestFailed || mine.signal.aborted) return { ok: false, ms: 0, message: String(error) };
        throw error;
      })
      .then((value) => {
        if (open.current !== mine) return;
        open.current = null;
        setWaiting(false);
        setReply(value);
        onReply?.(value);
      })
      .catch((error: unknown) => reportError(error));
  };
  return { reply, isWaiting, ask, stop };
}
