/** Tool results and globals, as ChatGPT shows them to a widget. */
import type { OpenAiGlobals } from "../guest/protocol.ts";
import type { DisplayMode, HostProfile } from "../../profiles/types.ts";
import type { HostState, StageBoot, ToolResult } from "./types.ts";
import { isRecord } from "../../csp/record.ts";

/** `toolOutput` is the structured content; the whole envelope is in `toolResponseMetadata`. */
export function resultGlobals(result: ToolResult | null): Pick<OpenAiGlobals, "toolOutput" | "toolResponseMetadata"> {
  if (!result) return { toolOutput: null, toolResponseMetadata: null };
  return {
    toolOutput: result.structuredContent ?? null,
    toolResponseMetadata: {
      ...(isRecord(result._meta) ? result._meta : {}),
      status: result.isError ? "error" : "success",
      call_tool_result: result,
      mcp_tool_result: result,
    },
  };
}

export function stateGlobals(
  state: HostState,
): Omit<OpenAiGlobals, "toolInput" | "toolOutput" | "toolResponseMetadata" | "widgetState"> {
  return {
    theme: state.theme,
    displayMode: state.displayMode,
    maxHeight: state.maxHeight,
    safeArea: { insets: state.safeArea },
    view: { mode: state.displayMode, params: null },
    userAgent: { device: { type: state.device }, capabilities: { hover: state.hover, touch: state.touch } },
    locale: state.locale,
  };
}

/** Until `release`, or until the widget has seen null where it is gated. */
export const holdsInput = ({ gated, stream }: StageBoot): boolean => gated || stream !== undefined;
export const holdsResult = (boot: StageBoot): boolean => holdsInput(boot) || boot.late === true;

export function globalsOf(boot: StageBoot): OpenAiGlobals {
  return {
    toolInput: holdsInput(boot) ? null : boot.toolInput,
    ...resultGlobals(holdsResult(boot) ? null : boot.toolResult),
    widgetState: boot.widgetState,
    ...stateGlobals(boot.state),
  };
}

/** Host context of the MCP Apps bridge. Source: MCPJam's profile of ChatGPT, 2026-08; specification 2026-01-26. */
export function hostContextOf(boot: StageBoot, state: HostState): Record<string, unknown> {
  const { bridge } = boot.profile;
  return {
    toolInfo: { tool: { inputSchema: { type: "object" }, ...boot.tool } },
    theme: state.theme,
    displayMode: state.displayMode,
    availableDisplayModes: bridge.availableDisplayModes.value,
    containerDimensions: containerOf(bridge.containerDimensions.value.maxWidth, state),
    locale: state.locale,
    timeZone: "UTC",
    userAgent: bridge.userAgent.value,
    platform: state.device === "mobile" ? "mobile" : "web",
    deviceCapabilities: { touch: state.touch, hover: state.hover },
    safeAreaInsets: state.safeArea,
  };
}

/** Inline widths from here up to the captured maximum were observed: a wider frame does not change what the host says. */
const INLINE_WIDTH = 720;

function containerOf(
  maxWidth: number,
  { maxHeight, width }: HostState,
): { readonly height: number; readonly maxWidth: number } {
  return { height: maxHeight, maxWidth: width < INLINE_WIDTH ? width : maxWidth };
}

/** The mode a host grants; picture-in-picture becomes fullscreen on mobile. */
export function grantDisplayMode(profile: HostProfile, state: HostState, asked: unknown): DisplayMode | null {
  const wanted = asked === "pip" && state.device === "mobile" ? "fullscreen" : asked;
  return profile.bridge.availableDisplayModes.value.find((mode) => mode === wanted) ?? null;
}

/** Whether the host asks the user before it opens a link. */
export function needsSafeLink(boot: StageBoot, url: string): boolean {
  if (!boot.profile.bridge.safeLinkDialog.value) return false;
  if (!URL.canParse(url)) return true;
  const { origin } = new URL(url);
  return !boot.redirectDomains.some((domain) => URL.canParse(domain) && new URL(domain).origin === origin);
}
