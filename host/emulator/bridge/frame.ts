/** The outer frame, before it is put into the page. */
import type { StageBoot } from "./types.ts";

export function frameOf({ frame: plan, state }: StageBoot): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.title = "Widget";
  frame.setAttribute("sandbox", plan.outerSandbox);
  if (plan.outerAllow) frame.allow = plan.outerAllow;
  frame.style.cssText = `border:0;display:block;color-scheme:normal;background:transparent;width:${state.width}px;height:${state.maxHeight}px`;
  frame.src = plan.outerUrl;
  return frame;
}
