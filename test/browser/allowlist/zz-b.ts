import { readBundle } from "/work/main/harness/bundle/index.ts";
for (const code of ["for (const s of ['a', 'b']) document.body.append(Object.assign(new Image(), { src: `https://${s}.tile.example-host.org/1/1/1.png` }));","const u = s => `https://${s}.tile.example-host.org/1`; img.src = u('a')", "const t='https://{s}.tile.example-host.org/{z}'"])
 console.log(JSON.stringify((await readBundle({ html: `<script>${code}</script>`, name: "w" })).urls));
