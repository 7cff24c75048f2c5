/** What the widget shows of its measurement. */
import type { Press } from "./presses.ts";

const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  more: Partial<HTMLElementTagNameMap[K]> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(name), more);
  made.append(...children);
  return made;
};

export class View {
  readonly #status = element("p", { className: "status" });
  readonly #rows = element("dl");
  readonly #buttons = element("div", { className: "buttons" });
  readonly #text = element("textarea", { readOnly: true, rows: 4, spellcheck: false });
  readonly #paste = element("section", { hidden: true }, [
    element("h2", { textContent: "Copy this" }),
    element("p", { textContent: "Save it as a file and run: npx sandglass probe read FILE" }),
    this.#text,
  ]);

  constructor(root: HTMLElement) {
    this.#status.setAttribute("role", "status");
    this.#text.setAttribute("aria-label", "Measurement as JSON");
    root.append(
      element("h1", { textContent: "What this host does with a widget" }),
      this.#status,
      this.#rows,
      this.#buttons,
      this.#paste,
    );
  }

  say(text: string): void {
    this.#status.textContent = text;
  }

  show(rows: readonly (readonly [name: string, value: string])[]): void {
    this.#rows.replaceChildren(
      ...rows.flatMap(([name, value]) => [element("dt", { textContent: name }), element("dd", { textContent: value })]),
    );
  }

  offer(presses: readonly Press[], run: (press: Press) => void): void {
    const heading = element("h2", { textContent: "With a press" });
    const note = element("p", { textContent: "These open or ask something, if the host lets them." });
    const row = element(
      "p",
      { className: "row" },
      presses.map((press) =>
        element("button", { type: "button", textContent: press.label, onclick: () => run(press) }),
      ),
    );
    this.#buttons.replaceChildren(heading, note, row);
  }

  offerKeeping(keep: () => void): void {
    this.#buttons.append(
      element("p", { className: "row" }, [
        element("button", { type: "button", textContent: "Send to the server", onclick: keep }),
      ]),
    );
  }

  /** For the clipboard of a person, where no tool can be called. */
  offerText(measurement: string): void {
    this.#text.value = measurement;
    this.#text.onfocus = () => this.#text.select();
    this.#paste.hidden = false;
  }
}
