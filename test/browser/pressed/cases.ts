import type { Scenario, Widget } from "../../../harness/model/widget.ts";

/** Small widgets that are pressed: what has to be found out, and what is no fault. */
export interface PressedCase {
  readonly id: string;
  readonly html: string;
  readonly scenario?: Partial<Scenario>;
  /** Findings of severity error or warning: check, message, and after what was pressed. */
  readonly found?: readonly string[];
  /** Default: `fail` with findings, else `pass`. */
  readonly verdict?: "pass" | "fail" | "incomplete";
  /** What was pressed, whatever the order, or could not be. */
  readonly pressed: readonly string[];
}

const page = (body: string, code: string, head = "") =>
  `<!doctype html>\n<html><head><meta charset="utf-8">${head}</head><body>\n${body}\n<script>\n${code}\n</script>\n</body></html>`;

const ask = (host: string): string => `fetch("https://" + "${host}.example/").catch(() => undefined)`;

/** Each way to reach a thing asks a host of its own, which is not declared. */
const everyWay = page(
  `<button id="menu">Menu</button> <div id="items" hidden><div role="menuitem" id="item">Rename</div></div>
<p id="inOpen"></p><p id="inClosed"></p><p id="plain">Card</p>
<p id="hand" style="cursor: pointer">Row</p>
<label>Size <select id="size"><option>Small</option><option>Large</option></select></label>
<form id="form"><input id="words" placeholder="Search"></form>
<p id="over" style="width: 80px">Picture</p>
<button id="covered" style="position: absolute; left: 400px; top: 10px">Covered</button>
<div style="position: absolute; left: 380px; top: 0; width: 200px; height: 60px; background: white">Over it</div>
<button disabled>Unable</button>
<iframe id="frame" title="Preview"></iframe>
<div style="height: 60px; overflow: auto"><div style="height: 400px"></div><p id="end">End</p></div>`,
  `menu.onclick = () => (items.hidden = false);
item.addEventListener("click", () => ${ask("menu")});
const shadow = (host, mode, name) => {
  const button = document.createElement("button");
  button.textContent = name;
  button.addEventListener("click", () => fetch("https://" + mode + ".example/").catch(() => undefined));
  host.attachShadow({ mode }).append(button);
};
shadow(inOpen, "open", "In the open"); shadow(inClosed, "closed", "Behind");
plain.addEventListener("pointerdown", () => ${ask("plain")});
document.addEventListener("click", ({ target }) => target === hand && ${ask("delegated")});
size.onchange = () => ${ask("select")};
form.onsubmit = (event) => { event.preventDefault(); fetch("https://typed.example/" + words.value).catch(() => undefined); };
over.addEventListener("mouseenter", () => ${ask("hover")});
const inFrame = frame.contentDocument.createElement("button");
inFrame.textContent = "Framed";
inFrame.onclick = () => ${ask("framed")};
frame.contentDocument.body.append(inFrame);
covered.onclick = () => ${ask("covered")};
addEventListener("keydown", ({ key }) => key === "ArrowRight" && ${ask("keys")});
new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && ${ask("sentinel")}).observe(end);`,
);

const blocked = (host: string, after: string): string =>
  `csp/blocked-request undeclared https://${host}.example, after ${after}`;

const CALL = `const post = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
const waiting = new Map(); let last = 1;
const call = (name) => new Promise((done, fail) => { waiting.set(++last, { done, fail }); post({ id: last, method: "tools/call", params: { name, arguments: {} } }); });
addEventListener("message", ({ data }) => {
  if (data?.id === 1) post({ method: "ui/notifications/initialized", params: {} });
  const one = waiting.get(data?.id);
  if (one) data.error ? one.fail(new Error(data.error.message)) : one.done(data.result);
});
post({ id: 1, method: "ui/initialize", params: { appInfo: { name: "w", version: "1" }, appCapabilities: {}, protocolVersion: "2026-01-26" } });`;

export const cases: readonly PressedCase[] = [
  {
    id: "what stands behind the third page of a wizard, and each of two of a name",
    html: page(
      `<h2 id="title">Step 1</h2><p id="text">Choose a hall</p><button id="next">Next</button>
<ul><li>Lark <button class="b">Book</button></li><li>Wren <button class="b">Book</button></li></ul>`,
      `let step = 1;
next.onclick = () => {
  title.textContent = "Step " + ++step;
  if (step === 4) ${ask("behind")};
};
document.querySelectorAll(".b").forEach((one, at) => (one.onclick = () => fetch("https://row" + at + ".example/").catch(() => undefined)));`,
    ),
    found: [
      blocked("behind", 'pressing button "Next", 3 times'),
      blocked("row0", 'pressing button "Book"'),
      blocked("row1", 'pressing button "Book" #2'),
    ],
    pressed: [
      'pressing button "Next"',
      'pressing button "Next", 2 times',
      'pressing button "Next", 3 times',
      'pressing button "Next", 4 times',
      'pressing button "Next", 5 times',
      'pressing button "Book"',
      'pressing button "Book" #2',
    ],
  },
  {
    id: "each way to reach a thing",
    html: everyWay,
    found: [
      "csp/unseen-request unseen",
      blocked("menu", 'pressing menuitem "Rename"'),
      blocked("open", 'pressing button "In the open"'),
      blocked("closed", 'pressing button "Behind"'),
      blocked("plain", 'pressing p "Card"'),
      blocked("delegated", 'pressing p "Row"'),
      blocked("select", 'changing select "Size"'),
      blocked("typed", 'typing into input "Search"'),
      blocked("framed", 'pressing button "Framed"'),
      blocked("hover", 'the mouse over p "Picture"'),
      blocked("keys", "pressing keys"),
      blocked("sentinel", "scrolling to the end of the page"),
    ],
    pressed: [
      'pressing button "Menu"',
      'pressing menuitem "Rename"',
      'pressing button "In the open"',
      'pressing button "Behind"',
      'pressing p "Card"',
      'pressing p "Row"',
      'changing select "Size"',
      'typing into input "Search"',
      'pressing button "Framed"',
      'the mouse over p "Picture"',
      'pressing button "Covered" (not pressed)',
      "pressing keys",
      "scrolling to the end of the page",
    ],
  },
  {
    id: "a press that throws, one that empties the widget, and one that leaves it, which is opened again for the rest",
    html: page(
      `<h1>Cart</h1><button id="a">Add</button><button id="b">Pay</button><button id="c">Leave</button>`,
      `a.onclick = () => { document.body.replaceChildren(); document.querySelector("h1").textContent = "More"; };
b.onclick = () => { throw new Error("no cart"); };
c.onclick = () => { location.href = "https://shop.example/"; };`,
    ),
    found: [
      'render/blank pressed, after pressing button "Add"',
      'render/error uncaught, after pressing button "Add"',
      'render/error uncaught, after pressing button "Pay"',
      'network/self-navigation found, after pressing button "Leave"',
    ],
    pressed: ['pressing button "Add"', 'pressing button "Pay"', 'pressing button "Leave"'],
  },
  {
    id: "a widget that closes itself, shows why a call failed, asks before it deletes, and has a form that is not filled in",
    html: page(
      `<h1>Seats</h1><p id="state">Two</p><button id="book">Book</button><button id="gone">Close</button><button id="drop">Delete</button>
<dialog id="sure"><button id="yes">Yes</button></dialog><form id="form"><input required name="who"><button>Send</button></form>`,
      `${CALL}
book.onclick = () => call("book").then(() => (state.textContent = "Booked"), (error) => (state.textContent = error.message));
drop.onclick = () => sure.showModal(); yes.onclick = () => { state.remove(); sure.close(); };
form.onsubmit = (event) => { event.preventDefault(); state.textContent = "Sent"; };
gone.onclick = () => document.body.replaceChildren();`,
    ),
    pressed: [
      'pressing button "Book"',
      'pressing button "Close"',
      'pressing button "Delete"',
      'pressing button "Yes"',
      'pressing button "Send"',
      'typing into input "who"',
    ],
  },
  {
    id: "a call that nobody answers, and what the widget throws for that",
    html: page(
      `<h1>Seats</h1><p id="state">Two</p><button id="book">Book</button>`,
      `${CALL}\nbook.onclick = async () => { const { structuredContent } = await call("book"); state.textContent = structuredContent.seat; };`,
    ),
    pressed: ['pressing button "Book"'],
  },
  {
    id: "buttons behind a dialog are pressed once it is closed; a bar that hears its buttons is no target, a label with a hidden box is one",
    html: page(
      `<h1>Board</h1><div id="bar" role="toolbar" style="display: inline-flex"><button>Undo</button><button>Redo</button></div>
<button id="help">Help</button><button>Save</button><button>Print a list of all the seats that are still free</button>
<label><input type="checkbox" style="position: absolute; opacity: 0"> Night</label>
<dialog id="box"><button id="cancel">Cancel</button></dialog>`,
      `bar.addEventListener("click", () => undefined);
box.showModal(); cancel.onclick = () => box.close();`,
    ),
    pressed: [
      'pressing button "Undo"',
      'pressing button "Redo"',
      'pressing button "Help"',
      'pressing button "Save"',
      'pressing button "Print a list of all the seats that are…"',
      'pressing button "Cancel"',
      'pressing label "Night"',
    ],
  },
  {
    id: "nothing to press",
    html: page(`<h1>Seats</h1><p>Two</p>`, ""),
    pressed: [],
  },
];

export function widgetOf({ html, scenario = {} }: PressedCase): Widget {
  return {
    name: "w",
    html,
    source: { kind: "html", path: "w.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "w",
    scenarios: [{ name: "default", ...scenario }],
    meta: {
      "openai/widgetCSP": { connect_domains: [], resource_domains: [] },
      "openai/widgetDomain": "https://pressed.example.org",
      ui: { csp: { connectDomains: [], resourceDomains: [] } },
    },
  };
}
