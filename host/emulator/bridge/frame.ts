/** The outer frame, before it is put into the page. */
import { startHeight } from "./results.ts";
import type { StageBoot } from "./types.ts";

export function frameOf(boot: StageBoot): HTMLIFrameElement {
  const { frame: plan, state } = boot;
  const frame = document.createElement("iframe");
  frame.title = "Widget";
  frame.setAttribute("sandbox", plan.outerSandbox);
  if (plan.outerAllow) frame.allow = plan.outerAllow;
  frame.style.cssText = `border:0;display:block;color-scheme:normal;background:transparent;width:${state.width}px;height:${startHeight(boot)}px`;
  frame.src = plan.outerUrl;
  return frame;
}
