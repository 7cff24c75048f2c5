/** Shows a stage at the width that the host gives it, scaled down where the column is narrower. */
import { useEffect, useState, type RefObject } from "react";

export interface Fit {
  /** 1, or less where the column is narrower than the widget. */
  readonly scale: number;
}

/** @param width the widget's own width, CSS pixels; null: whatever the column has (fullscreen) */
export function useFit(box: RefObject<HTMLDivElement | null>, width: number | null): Fit {
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const fit = () => {
      const room = element.clientWidth;
      const next = width === null || room === 0 ? 1 : Math.min(1, room / width);
      setScale(next);
      element.style.setProperty("--scale", String(next));
      const shown = element.querySelector<HTMLElement>(".stage:not(.stage--next)");
      // A transform takes no room: the box is given the height that is seen.
      element.style.height = width === null || !shown ? "" : `${Math.ceil(shown.offsetHeight * next)}px`;
    };
    const sizes = new ResizeObserver(fit);
    const follow = () => {
      sizes.disconnect();
      sizes.observe(element);
      for (const stage of element.children) sizes.observe(stage);
      fit();
    };
    const stages = new MutationObserver(follow);
    stages.observe(element, { childList: true, subtree: false, attributes: true, attributeFilter: ["class"] });
    for (const stage of element.children) stages.observe(stage, { attributes: true, attributeFilter: ["class"] });
    follow();
    return () => {
      sizes.disconnect();
      stages.disconnect();
    };
  }, [box, width]);
  return { scale };
}
