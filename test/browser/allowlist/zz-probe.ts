import { chatgpt } from "/work/main/host/profiles/chatgpt.ts";
import { openGatherer } from "/work/main/harness/gather/index.ts";
import { gatherAll, jobsOf } from "/work/main/harness/run.ts";
import { widgetOf, review, statedOf } from "/work/main/test/browser/allowlist/kit.ts";
const g = await openGatherer({});
const cases: any = {
 frame: [`<iframe src="https://player.example-host.com/embed" title="p"></iframe>`, [{ url: "https://player.example-host.com/embed", body: `<!doctype html><p>x</p><script>fetch("https://tracker.example-host.net/t")</script><img src="https://pixel.example-host.net/p.png"><iframe src="https://deep.example-host.net/x"></iframe>`, headers: { "content-type": "text/html" } }], {frame:["https://player.example-host.com"]}],
 srcdoc: [`<iframe title="s" srcdoc='<img src="https://in-srcdoc.example-host.net/x.png">'></iframe>`],
 redir: [`<img src="https://img.example-host.com/a.png" alt="">`, [{ url: "https://img.example-host.com/a.png", status: 301, headers: { location: "https://cdn.example-host.net/a.png" } }]],
 worker: [`<script>try { new Worker("https://cdn.example-host.com/w.js"); } catch {}; try { new Worker("/same.js"); } catch {}; fetch("https://api.example-host.com/x")</script>`],
 worker2: [`<script>new Worker("https://cdn.example-host.com/w.js");</script>`],
 blob: [`<script>fetch(URL.createObjectURL(new Blob(["x"]))).catch(() => 0);\ndocument.body.append(Object.assign(new Image(), { src: URL.createObjectURL(new Blob(["x"], { type: "image/png" })) }));</script>`],
 wild: ["<script>for (const s of ['a', 'b']) document.body.append(Object.assign(new Image(), { src: `https://${s}.tile.example-host.org/1/1/1.png` }));</script>",[], { resource: ["https://*.tile.example-host.org"] }],
};
const pick = process.argv.slice(2);
for (const [k, a] of Object.entries<any>(cases)) {
  if (pick.length && !pick.includes(k)) continue;
  const w = widgetOf(...(a as [any]));
  for (const mode of ["observe", "enforce"] as const) {
    const [e] = await gatherAll(g, jobsOf([w], { profiles: [chatgpt], mode }), 1);
    const n = e!.artifacts.network as any;
    console.log("==", k, mode); for (const x of n.value ?? [n]) console.log(JSON.stringify({ url: x.url, kind: x.kind, dir: x.directive, out: x.outcome, cls: x.blockClass, list: x.list, ini: x.initiator, n: x.count, ch: x.channels.join(), from: x.redirectedFrom, by: x.answeredBy, at: x.atMs }));
    if (k.startsWith("worker")) console.log(JSON.stringify((e!.artifacts.console as any).value), JSON.stringify((e!.artifacts.bundle as any).value));
  }
  const r = await review(g, w);
  console.log(JSON.stringify(statedOf(r), null, 1), r.origins.map(o=>o.advice), r.staticOnly.map(o=>[o.origin,o.state,o.advice]), r.notes);
}
await g.close();
