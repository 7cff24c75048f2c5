/** What could be pressed in the widget, and the browser's own input to press it. */
import type { Aim, Listening, Target, TargetList } from "../../../host/emulator/guest/targets.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import type { Protocol } from "../browser/protocol.ts";
import { isolatedWorld } from "./document.ts";
import { stageSession, widgetSession, type Looking } from "./look.ts";

export type { Aim, Target, TargetList };

/** Elements that are asked for as targets because they listen. */
const MOST_LISTENING = 100;
const GROUP = "sandglass-targets";
const HEARS = {
  press: /^(click|dblclick|pointerdown|pointerup|mousedown|mouseup|touchstart|touchend)$/,
  hover: /^(mouseenter|mouseover|pointerenter|pointerover)$/,
  keys: /^key(down|up|press)$/,
};

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The widget's document and the stage around it, while both stand. */
export class TargetPage {
  private constructor(
    private readonly protocol: Protocol,
    private readonly session: string,
    private readonly stage: string,
    private readonly worlds: { readonly inner: number; readonly outer: number; readonly own: number },
  ) {}

  /** Null when there is nothing to press on any more. */
  static async open({ protocol, witness, contextId, log }: Looking): Promise<TargetPage | null> {
    const looking = { protocol, witness, contextId, log };
    const [widget, stage] = [widgetSession(looking), stageSession(looking)];
    const { innerFrameId, outerFrameId, innerContextId } = log;
    if (!widget || !stage || innerFrameId === null || outerFrameId === null || innerContextId === null) return null;
    const [inner, outer] = await Promise.all(
      [innerFrameId, outerFrameId].map((frame) => isolatedWorld(protocol, widget.id, frame)),
    );
    if (inner === undefined || outer === undefined) return null;
    await protocol.send(
      "Runtime.evaluate",
      { expression: `${browserScript("targets")};0`, contextId: inner },
      widget.id,
    );
    return new TargetPage(protocol, widget.id, stage.id, { inner, outer, own: innerContextId });
  }

  async list(): Promise<TargetList> {
    const heard = await this.#listening();
    const listed = await this.#call<TargetList>(
      "function (count, ...nodes) { return sandglassTargets.list({ press: nodes.slice(0, count), hover: nodes.slice(count) }); }",
      [{ value: heard.press.length }, ...heard.press, ...heard.hover],
    );
    this.protocol.post("Runtime.releaseObjectGroup", { objectGroup: GROUP }, this.session);
    return listed;
  }

  /** The window or the document listens for keys. */
  async hearsKeys(): Promise<boolean> {
    const types = await Promise.all(["window", "document"].map((holder) => this.#listenersOf(holder, 1)));
    return types.flat().some(({ type }) => HEARS.keys.test(type));
  }

  aim = (index: number): Promise<Aim> =>
    this.#call("function (index) { return sandglassTargets.aim(index); }", [{ value: index }]);

  focus = (index: number): Promise<boolean> =>
    this.#call("function (index) { return sandglassTargets.focus(index); }", [{ value: index }]);

  wasHit = (): Promise<boolean> => this.#call("function () { return sandglassTargets.hit; }", []);

  /** Inside the widget, and the page around it. */
  async scrollToEnd(): Promise<void> {
    await this.#call("function () { sandglassTargets.scrollToEnd(); }", []);
    await this.#evaluate("scrollTo(0, document.documentElement.scrollHeight)", this.stage);
  }

  async takeFocus(): Promise<void> {
    await this.#call("function () { focus(); }", []);
  }

  async move(point: Point): Promise<Point> {
    const at = await this.#onPage(point);
    await this.#mouse("mouseMoved", at);
    return at;
  }

  async click(point: Point): Promise<void> {
    const at = await this.move(point);
    await this.#mouse("mousePressed", at);
    await this.#mouse("mouseReleased", at);
  }

  async type(text: string): Promise<void> {
    for (const letter of text) await this.key({ key: letter, text: letter, code: letter.toUpperCase().charCodeAt(0) });
  }

  async key({ key, text, code = 0 }: Key): Promise<void> {
    const common = { key, windowsVirtualKeyCode: code };
    await this.protocol.send(
      "Input.dispatchKeyEvent",
      { ...common, type: text === undefined ? "rawKeyDown" : "keyDown", ...(text === undefined ? {} : { text }) },
      this.session,
    );
    await this.protocol.send("Input.dispatchKeyEvent", { ...common, type: "keyUp" }, this.session);
  }

  async #mouse(type: "mouseMoved" | "mousePressed" | "mouseReleased", at: Point): Promise<void> {
    const button = type === "mouseMoved" ? ({ button: "none" } as const) : ({ button: "left", clickCount: 1 } as const);
    await this.protocol.send("Input.dispatchMouseEvent", { type, ...at, ...button }, this.stage);
  }

  /** From the widget's document to the page, which is scrolled to where the point is seen. */
  async #onPage({ x, y }: Point): Promise<Point> {
    const inner = (await this.#evaluate(offsetOf("0"), this.session, this.worlds.outer)) as Point;
    const [down, across] = [inner.y + y, inner.x + x];
    const outer = (await this.#evaluate(offsetOf(String(down)), this.stage)) as Point;
    return { x: outer.x + across, y: outer.y + down };
  }

  async #listening(): Promise<{ readonly press: { objectId: string }[]; readonly hover: { objectId: string }[] }> {
    const listeners = await this.#listenersOf("document", -1);
    const idsOf = (kind: keyof Listening): number[] => [
      ...new Set(
        listeners.flatMap(({ type, backendNodeId }) =>
          backendNodeId !== undefined && HEARS[kind].test(type) ? [backendNodeId] : [],
        ),
      ),
    ];
    const nodesOf = async (kind: keyof Listening) => {
      const nodes = await Promise.all(
        idsOf(kind)
          .slice(0, MOST_LISTENING)
          .map((backendNodeId) =>
            this.protocol
              .send(
                "DOM.resolveNode",
                { backendNodeId, executionContextId: this.worlds.inner, objectGroup: GROUP },
                this.session,
              )
              // A node that is gone meanwhile, or the document itself.
              .catch(() => null),
          ),
      );
      return nodes.flatMap((node) => (node?.object.objectId ? [{ objectId: node.object.objectId }] : []));
    };
    const [press, hover] = await Promise.all([nodesOf("press"), nodesOf("hover")]);
    return { press, hover };
  }

  /** An isolated world sees only its own listeners: they are asked of the widget's own. */
  async #listenersOf(holder: string, depth: number) {
    const { result } = await this.protocol.send(
      "Runtime.evaluate",
      { expression: holder, contextId: this.worlds.own, objectGroup: GROUP },
      this.session,
    );
    if (!result.objectId) return [];
    const { objectId } = result;
    const { listeners } = await this.protocol.send(
      "DOMDebugger.getEventListeners",
      { objectId, depth, pierce: depth < 0 },
      this.session,
    );
    return listeners;
  }

  async #call<T>(
    functionDeclaration: string,
    given: readonly ({ readonly value: unknown } | { readonly objectId: string })[],
  ): Promise<T> {
    const { result, exceptionDetails } = await this.protocol.send(
      "Runtime.callFunctionOn",
      {
        functionDeclaration,
        executionContextId: this.worlds.inner,
        arguments: [...given],
        awaitPromise: true,
        returnByValue: true,
      },
      this.session,
    );
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  async #evaluate(expression: string, session: string, contextId?: number): Promise<unknown> {
    const { result } = await this.protocol.send(
      "Runtime.evaluate",
      { expression, returnByValue: true, ...(contextId === undefined ? {} : { contextId }) },
      session,
    );
    return result.value;
  }
}

export interface Key {
  readonly key: string;
  /** What it writes. */
  readonly text?: string;
  /** Windows' virtual key code. */
  readonly code?: number;
}

/** Where a document's one frame stands; it is scrolled so that what is so far down in the frame is seen. */
const offsetOf = (down: string): string => `(() => {
  const frame = document.querySelector("iframe");
  const at = () => { const { x, y } = frame.getBoundingClientRect(); return { x: x + frame.clientLeft, y: y + frame.clientTop }; };
  const y = at().y + ${down};
  if (y < 0 || y > innerHeight - 4) scrollBy(0, y - innerHeight / 2);
  return at();
})()`;
