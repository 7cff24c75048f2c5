import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { CheckRequest, CheckState, Problem } from "../../server/types.ts";
import { api, RequestFailed } from "../api.ts";

/** Lets typing and saving rest before a browser is put to work, milliseconds. */
const REST_MS = 700;

interface Kept {
  /** View that was checked. */
  readonly key: string;
  readonly check: CheckState;
}

/** Runs the real check of what is shown, by itself after changes, unless told otherwise, and on demand. `key` changes when the view does. */
export function useCheck(
  request: CheckRequest | null,
  key: string,
  byItself = true,
): readonly [check: CheckState | null, run: (more?: Pick<CheckRequest, "lifeMs">) => void] {
  const [kept, setKept] = useState<Kept | null>(null);
  const turn = useRef(0);
  const start = useCallback((asked: CheckRequest, of: string) => {
    const mine = ++turn.current;
    const settle = (check: CheckState) => {
      if (mine === turn.current) setKept({ key: of, check });
    };
    settle({ state: "running" });
    api.check(asked).then(
      (result) => settle({ state: "done", result }),
      (error: unknown) => settle({ state: "failed", problem: problemOf(error) }),
    );
  }, []);
  const onRest = useEffectEvent(() => {
    if (request) start(request, key);
  });
  useEffect(() => {
    if (key === "" || !byItself) return;
    const timer = setTimeout(() => onRest(), REST_MS);
    return () => clearTimeout(timer);
  }, [key, byItself]);
  const run = (more: Pick<CheckRequest, "lifeMs"> = {}) => {
    if (request) start({ ...request, ...more }, key);
  };
  // What was checked before is of another view.
  return [kept?.key === key ? kept.check : null, run];
}

const problemOf = (error: unknown): Problem =>
  error instanceof RequestFailed ? error.problem : { code: "INTERNAL", message: String(error), next: "" };
