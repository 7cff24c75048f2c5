import { useCallback, useEffect, useState } from "react";
import type { Scenario } from "../../../harness/model/widget.ts";
import { defaultView, readView, scenarioView, writeView, type View } from "./view.ts";

const base = defaultView(matchMedia("(prefers-color-scheme: dark)").matches);

export type SetView = (change: Partial<View>) => void;

/** The first view, as the scenario has it where the URL says nothing. One that was chosen since is as it was chosen. */
export function firstViewOf(view: View, scenario: Scenario | undefined): View {
  const { scenario: _name, ...context } = scenarioView(scenario);
  const read = readView(location.hash, { ...base, ...context });
  return read.widget === view.widget ? read : view;
}

/** The view, and a way to change it; both follow the URL. */
export function useView(): [View, SetView] {
  const [view, setView] = useState(() => readView(location.hash, base));
  useEffect(() => {
    const follow = () => setView(readView(location.hash, base));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    const hash = writeView(view, base);
    if (location.hash.replace(/^#/, "") !== hash) history.replaceState(null, "", hash ? `#${hash}` : location.pathname);
  }, [view]);
  const change = useCallback<SetView>((part) => setView((old) => ({ ...old, ...part })), []);
  return [view, change];
}
