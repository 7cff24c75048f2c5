/** When a rendering is given its input and its result: as the page says, by the bridge that `check` drives, too. */
import type { StageBoot } from "../../emulator/bridge/types.ts";
import { partsOfInput } from "../../emulator/input-parts.ts";
import type { StageRequest } from "../../server/types.ts";
import type { Delivery, LiveStage } from "../state/live-stage.ts";
import type { Deliver } from "../state/values.ts";
import type { MountedStage } from "./mount.ts";

export interface DeliveryWish {
  readonly how: Deliver;
  /** Before the result comes or the call is cancelled, or between two parts of the input, milliseconds. */
  readonly ms: number;
}

/** Shares of the input that come one after another. */
const SHARES = Array.from({ length: 12 }, (_, at) => at / 12);
/** A widget that does not greet its host by then is sent no parts. */
const GREETING_MS = 3000;

type Held = Pick<StageRequest, "late" | "stream" | "toolResult">;

/** What is held back; as in the trials of `check`, a call that is cancelled has no result. */
export function heldBy({ how }: DeliveryWish, toolResult: StageRequest["toolResult"]): Held {
  if (how === "late") return { toolResult, late: true };
  if (how === "stream") return { toolResult, stream: [] };
  return { toolResult: how === "cancel" ? null : toolResult };
}

export const deliveryAtFirst = ({ how }: DeliveryWish): Delivery => (how === "at-once" ? "given" : "held");

export interface Play {
  /** The widget has greeted. */
  greeted(): void;
  release(): void;
  cancel(): void;
  stop(): void;
}

/** Begins once the widget is shown. */
export function play(stage: MountedStage, { how, ms }: DeliveryWish, boot: StageBoot, log: LiveStage): Play {
  const { partialInput, cancelled } = boot.profile.bridge;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = how === "at-once";
  const end = (delivery: Delivery, act: () => void) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    act();
    log.delivered(delivery);
  };
  const release = () => end("given", () => stage.rendering?.release());
  const cancel = () =>
    end("cancelled", () => {
      if (cancelled.value) stage.rendering?.cancel("cancelled by the user");
    });
  const parts = how === "stream" && partialInput.value ? partsOfInput(boot.toolInput, SHARES) : [];
  const next = (): void => {
    const part = parts.shift();
    if (part) stage.rendering?.partial(part);
    else release();
    if (!over) timer = setTimeout(next, ms);
  };
  let begun = false;
  // A widget that has not greeted is told nothing over the bridge.
  const begin = () => {
    if (begun || over) return;
    begun = true;
    clearTimeout(timer);
    if (how === "stream") next();
    else timer = setTimeout(cancel, ms);
  };
  if (how === "late") timer = setTimeout(release, ms);
  else if (!over) timer = setTimeout(begin, GREETING_MS);
  return {
    greeted() {
      if (how !== "late") begin();
    },
    release,
    cancel,
    stop: () => clearTimeout(timer),
  };
}
