/** Small widgets that are likely in the field or hostile, each with the graver findings it must get, and no others. */
export interface Case {
  readonly id: string;
  readonly html: string;
  /** Checks with a finding of severity error, or of warning; default none. */
  readonly errors?: readonly string[];
  readonly warnings?: readonly string[];
  /** Default: `fail` with errors, else `pass`. */
  readonly verdict?: "pass" | "fail" | "incomplete";
  /** Presses `#go` once drawn. */
  readonly click?: true;
  readonly connect?: readonly string[];
  readonly resource?: readonly string[];
}

const page = (body: string, head = "") => `<!doctype html>\n<html><head>${head}</head><body>\n${body}\n</body></html>`;
const script = (code: string) => page(`<h1>Widget</h1><button id="go">Go</button><p id="s"></p>\n<script>\n${code}\n</script>`);
const SAVED = `const a = document.createElement("a"); a.href = URL.createObjectURL(new Blob(["a,b"])); a.download = "a.csv";`;
const worker = (code: string) => `new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}])));`;
const LATE = "fetch('https://late.example/x').catch(() => 0)";

const apis: readonly Case[] = [
  { id: "a user's click on a download link", html: page(`<a id="go" download="a.csv" href="data:text/csv,a,b">Save</a>`), click: true, errors: ["api/download"] },
  { id: "a download as FileSaver starts it", html: script(`go.onclick = () => { ${SAVED} a.dispatchEvent(new MouseEvent("click")) }`), click: true, errors: ["api/download"] },
  { id: "a download link whose click is prevented", html: page(`<a id="go" download="a.csv" href="data:text/csv,a,b">Save</a><script>go.onclick = (e) => e.preventDefault()</script>`), click: true },
  { id: "a download link that nobody clicks", html: page(`<a download="a.csv" href="data:text/csv,a,b">Save</a>`) },
  { id: "a cookie that is deleted", html: script(`document.cookie = "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"; document.cookie = "a=; max-age=0"`) },
  { id: "a cookie that is set", html: script(`document.cookie = "a=1; max-age=60"`), warnings: ["api/cookie"] },
  { id: "a microphone that is not plugged in", html: script(`navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => 0)`) },
  { id: "a camera", html: script(`navigator.mediaDevices.getUserMedia({ video: true }).catch(() => 0)`), warnings: ["api/media-capture"] },
  { id: "a refusal behind a dead Promise.then", html: script(`Promise.prototype.then = function () { return this }; go.onclick = () => navigator.clipboard.writeText("x")`), click: true, errors: ["api/clipboard"] },
];

const timers: readonly Case[] = [
  { id: "a timer in a worker", html: script(worker(`setTimeout(() => ${LATE}, 1000)`)), errors: ["csp/blocked-request"] },
  { id: "a timer in a nested worker", html: script(worker(worker(`setTimeout(() => ${LATE}, 800)`))), errors: ["csp/blocked-request"] },
  { id: "the first tick of an interval", html: script(`const host = "late.example"; setInterval(() => fetch("https://" + host + "/x").catch(() => 0), 1500)`), errors: ["csp/blocked-request"] },
  { id: "an interval that is stopped before it ticks", html: script(`clearInterval(setInterval(() => fetch(["https:", "", "late.example"].join("/")), 1500))`) },
];

const departures: readonly Case[] = [
  { id: "a blob: document instead of its own", html: script(`location.href = URL.createObjectURL(new Blob(["<h1>Other</h1>"], { type: "text/html" }))`), errors: ["network/self-navigation"] },
  { id: "a data: document instead of its own", html: script(`location.href = "data:text/html,<h1>Other</h1>"`), errors: ["network/self-navigation"] },
  { id: "an empty document instead of its own", html: script(`setTimeout(() => { location.href = "about:blank" }, 50)`), errors: ["network/self-navigation"] },
  { id: "a reload", html: script(`go.onclick = () => location.reload()`), click: true, errors: ["network/self-navigation"] },
  { id: "a refresh that comes later", html: page("<p>Moved</p>", `<meta http-equiv="refresh" content="5;url=https://elsewhere.example/">`), errors: ["network/self-navigation"] },
  { id: "a step back past its own document", html: script(`history.pushState({}, "", "?tab=2"); go.onclick = () => history.back()`), click: true, verdict: "incomplete" },
  { id: "history within its own document", html: script(`history.pushState({}, "", "?tab=2"); history.replaceState({}, "", "#x"); location.hash = "y"; location.href = "javascript:void 0"`) },
  { id: "its own document written again", html: script(`setTimeout(() => { document.open(); document.write("<p>Again</p>"); document.close() }, 50)`) },
  { id: "a frame put into the sandbox document", html: script(`const f = parent.document.createElement("iframe"); f.src = "https://elsewhere.example/"; parent.document.body.append(f)`), errors: ["network/escape"] },
];

export const cases: readonly Case[] = [...apis, ...timers, ...departures];
