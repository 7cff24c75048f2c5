import type { Evidence } from "../../../harness/model/evidence.ts";
import type { WidgetRun } from "../../../harness/model/result.ts";
import type { CheckState, StageAnswer, WidgetView } from "../../server/types.ts";
import type { CspLists } from "../state/edited-meta.ts";
import type { LiveSnapshot } from "../state/live-log.ts";
import type { SetView } from "../state/use-view.ts";
import type { View } from "../state/view.ts";

/** What every panel is given. */
export interface PanelProps {
  readonly view: View;
  readonly setView: SetView;
  readonly widget: WidgetView;
  readonly live: LiveSnapshot;
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
}
