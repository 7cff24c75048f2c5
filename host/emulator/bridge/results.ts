/** Tool results and globals, as ChatGPT shows them to a widget. */
import type { OpenAiGlobals } from "../guest/protocol.ts";
import type { ContainerDimensions, ContextField, DisplayMode, HostProfile } from "../../profiles/types.ts";
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
    view: state.view ?? { mode: state.displayMode, params: null },
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

/** Host context of the MCP Apps bridge, as far as the host sends it. Source: specification 2026-01-26. */
export function hostContextOf(boot: StageBoot, state: HostState): Readonly<Record<string, unknown>> {
  const { bridge } = boot.profile;
  const styles = bridge.styles.value;
  const all: Readonly<Record<ContextField, unknown>> = {
    toolInfo: { tool: { inputSchema: { type: "object" }, ...boot.tool } },
    theme: state.theme,
    styles: styles === null ? undefined : { variables: { ...styles[state.theme], ...state.variables } },
    displayMode: state.displayMode,
    availableDisplayModes: bridge.availableDisplayModes.value,
    containerDimensions: containerOf(bridge.containerDimensions.value, state),
    locale: state.locale,
    timeZone: state.timeZone ?? "UTC",
    userAgent: bridge.userAgent.value,
    platform: state.device === "mobile" ? "mobile" : "web",
    deviceCapabilities: { touch: state.touch, hover: state.hover },
    safeAreaInsets: state.safeArea,
  };
  const sent = bridge.contextFields.value.filter((field) => all[field] !== undefined);
  return Object.fromEntries(sent.map((field) => [field, all[field]]));
}

/** Inline widths from here up to the captured maximum were observed: a wider frame does not change what the host says. */
const INLINE_WIDTH = 720;

/** In the terms of the host: fixed, at most, or nothing said. */
function containerOf(said: ContainerDimensions, { maxHeight, width }: HostState): ContainerDimensions {
  const most = typeof said.maxWidth === "number" && width >= INLINE_WIDTH ? said.maxWidth : width;
  return {
    ...(said.height === undefined ? {} : { height: maxHeight }),
    ...(said.maxHeight === undefined ? {} : { maxHeight }),
    ...(said.width === undefined ? {} : { width }),
    ...(said.maxWidth === undefined ? {} : { maxWidth: most }),
  };
}

/** Modes that the widget says it can be shown in; null: it says nothing. */
export type DeclaredModes = readonly DisplayMode[] | null;

/** The specification: a host must not switch a view to a mode that it does not declare, where it declares any. */
export const mayShow = (mode: DisplayMode, declared: DeclaredModes): boolean =>
  declared === null || declared.includes(mode);

/** The mode a host grants; picture-in-picture becomes fullscreen on mobile. */
export function grantDisplayMode(
  profile: HostProfile,
  state: HostState,
  asked: unknown,
  declared: DeclaredModes,
): DisplayMode | null {
  const wanted = asked === "pip" && state.device === "mobile" ? "fullscreen" : asked;
  const offered = profile.bridge.availableDisplayModes.value.find((mode) => mode === wanted);
  return offered !== undefined && mayShow(offered, declared) ? offered : null;
}

/** Whether the host opens a link at all. */
export function opensLink({ bridge }: HostProfile, url: string): boolean {
  const schemes = bridge.linkSchemes.value;
  return schemes === null || (URL.canParse(url) && schemes.includes(new URL(url).protocol.slice(0, -1)));
}

/** Height of a frame while its widget has reported none, CSS pixels. */
export const startHeight = ({ profile, state }: Pick<StageBoot, "profile" | "state">): number =>
  (state.displayMode === "inline" ? profile.bridge.unreportedHeight.value : null) ?? state.maxHeight;

/** A reported height as far as the host honours it. */
export function honouredHeight({ bridge }: HostProfile, height: number): number {
  const { min, max } = bridge.heightRange.value;
  return Math.min(max ?? Infinity, Math.max(min ?? 0, height));
}

/** Whether the host asks the user before it opens a link. */
export function needsSafeLink(boot: StageBoot, url: string): boolean {
  if (!boot.profile.bridge.safeLinkDialog.value) return false;
  if (!URL.canParse(url)) return true;
  const { origin } = new URL(url);
  return !boot.redirectDomains.some((domain) => URL.canParse(domain) && new URL(domain).origin === origin);
}
