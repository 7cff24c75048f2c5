import { useCallback, useEffect, useState } from "react";
import { defaultView, readView, writeView, type View } from "./view.ts";

const base = defaultView(matchMedia("(prefers-color-scheme: dark)").matches);

export type SetView = (change: Partial<View>) => void;

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
