/** ChatGPT's modal, over the conversation alone: the page's controls stay in reach whatever the widget does. */
import type { HostState } from "../../emulator/bridge/types.ts";
import type { SessionView, WidgetView } from "../../server/types.ts";
import { Card } from "../stage/card.tsx";
import type { ConversationPort, StageInput } from "../stage/use-stage.ts";
import type { LiveStage } from "../state/live-stage.ts";
import type { Modal } from "../state/use-conversation.ts";
import { IconButton } from "../ui/parts.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";

/** Its sandbox is no call's. */
const MODAL_SLOT = 900;

export default function ModalLayer({
  modal,
  log,
  session,
  opener,
  input,
  state,
  port,
  onClose,
}: {
  readonly modal: Modal;
  readonly log: LiveStage;
  readonly session: SessionView;
  /** The widget whose card asked. */
  readonly opener: WidgetView;
  readonly input: StageInput;
  readonly state: HostState;
  readonly port: ConversationPort;
  readonly onClose: () => void;
}) {
  const shown = modal.template === null ? opener : widgetAt(session, modal.template);
  const view = { mode: "modal", params: modal.params } as const;
  return (
    <section
      className="modal"
      aria-label="Modal"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div className="modal__bar">
        <h3>{shown?.name ?? modal.template}</h3>
        <span className="widget__host">Modal, asked for by the widget {opener.name}</span>
        <IconButton icon="close" label="Close the modal" onClick={onClose} />
      </div>
      <div className="modal__body">
        {shown ? (
          <Card
            name={shown.name}
            input={{ ...input, widget: shown.name, revision: shown.revision, delivery: { how: "at-once", ms: 0 } }}
            state={{ ...state, displayMode: "inline", view }}
            slot={MODAL_SLOT}
            log={log}
            port={{ ...port, onModal: () => undefined, onClose }}
            modes={[]}
            onMode={() => undefined}
            border={false}
            host=""
          />
        ) : (
          <ProblemCard
            problem={{
              code: "NO_TEMPLATE",
              message: `No widget that is loaded here is ${modal.template ?? ""}.`,
              next: "Load the server that registers it.",
            }}
          />
        )}
      </div>
    </section>
  );
}

const widgetAt = ({ widgets }: SessionView, uri: string): WidgetView | undefined =>
  widgets.find(({ source }) => source.kind === "mcp" && source.uri === uri);
