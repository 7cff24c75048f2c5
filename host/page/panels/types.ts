import type { Evidence } from "../../../harness/model/evidence.ts";
import type { ComponentType } from "react";
import type { ToolResult } from "../../emulator/bridge/types.ts";
import type { AllowlistResult, WidgetRun } from "../../../harness/model/result.ts";
import type { CheckState, StageAnswer, WidgetView } from "../../server/types.ts";
import type { Given } from "../state/given.ts";
import type { CspLists } from "../state/edited-meta.ts";
import type { SetView } from "../state/use-view.ts";
import type { View } from "../state/view.ts";
import type { Tone } from "../ui/parts.tsx";

/** What every panel is given. */
export interface PanelProps {
  readonly view: View;
  readonly setView: SetView;
  readonly widget: WidgetView;
  /** What the widget receives, edits included. */
  readonly given: Given;
  /** A rendering is under way. */
  readonly loading: boolean;
  readonly stage: StageAnswer | null;
  /** Evidence of the live stage; null until something was rendered. */
  readonly evidence: Evidence | null;
  /** The live evidence, judged. */
  readonly run: WidgetRun | null;
  readonly check: CheckState | null;
  readonly onCheck: () => void;
  /** Something shown is edited here, against the files. */
  readonly edited: boolean;
  /** Renders anew with this CSP declaration, in the page alone. */
  readonly onTry: (lists: CspLists) => void;
  /** The declaration in force, edits included. */
  readonly lists: CspLists;
  readonly allowlist: AllowlistResult | null;
  /** The list comes from the real check, else from this rendering. */
  readonly fromCheck: boolean;
  /** Shows the answer of a tool in the conversation. */
  readonly onShow: (shown: ShownAnswer) => void;
}

/** An answer of the server, and the widget that shows it. */
export interface ShownAnswer {
  readonly widget: string;
  readonly toolInput: Readonly<Record<string, unknown>>;
  readonly result: ToolResult;
}

/** A tab, and what it opens. */
export interface PanelInfo {
  /** As the URL names it. */
  readonly id: string;
  readonly label: string;
  /** Default: always. */
  readonly isShown?: (props: PanelProps) => boolean;
  /** Number beside the label; null while there is nothing to count. */
  readonly count: (props: PanelProps) => number | null;
  readonly tone: (props: PanelProps) => Tone;
  readonly Panel: ComponentType<PanelProps>;
}
