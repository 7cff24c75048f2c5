import { useCallback, useEffect, useRef, useState } from "react";
import type { CheckRequest, CheckState, Problem } from "../../server/types.ts";
import { api, RequestFailed } from "../api.ts";

/** Lets typing and saving rest before a browser is put to work, milliseconds. */
const REST_MS = 700;

/** Runs the real check of what is shown, by itself after changes and on demand. `key` changes when the view does. */
export function useCheck(request: CheckRequest | null, key: string): readonly [CheckState | null, () => void] {
  const [state, setState] = useState<CheckState | null>(null);
  const latest = useRef(request);
  latest.current = request;
  const turn = useRef(0);
  const run = useCallback(() => {
    const asked = latest.current;
    if (!asked) return;
    const mine = ++turn.current;
    setState({ state: "running" });
    api.check(asked).then(
      (result) => mine === turn.current && setState({ state: "done", result }),
      (error: unknown) => mine === turn.current && setState({ state: "failed", problem: problemOf(error) }),
    );
  }, []);
  useEffect(() => {
    if (key === "") return;
    turn.current++;
    setState(null);
    const timer = setTimeout(run, REST_MS);
    return () => clearTimeout(timer);
  }, [key, run]);
  return [state, run];
}

const problemOf = (error: unknown): Problem =>
  error instanceof RequestFailed ? error.problem : { code: "INTERNAL", message: String(error), next: "" };
