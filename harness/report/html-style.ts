/** Style of the HTML reports. Contrasts are at least 4.5:1 in both schemes. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--bg:#faf8f5;--card:#fff;--ink:#1d1a16;--dim:#625b52;--line:#e4ddd3;--red:#b3261e;--red-bg:#fdeceb;--amber:#8a5300;--amber-bg:#fdf1dc;--green:#1b6b3a;--green-bg:#e5f4ea;--blue:#1f5aa8;--blue-bg:#e8f0fb}
@media(prefers-color-scheme:dark){:root{--bg:#191714;--card:#221f1b;--ink:#f1ece4;--dim:#b1a899;--line:#3a352e;--red:#ff9d95;--red-bg:#3d211f;--amber:#f1bd6a;--amber-bg:#392c17;--green:#86d9a3;--green-bg:#1d3326;--blue:#9cc4ff;--blue-bg:#1f2c40}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:1000px;margin:0 auto;padding:32px 20px 80px}header{display:grid;grid-template-columns:1fr auto;align-items:center;gap:4px 16px;margin-bottom:20px}
h1{font-size:24px;margin:0;order:-1}h2{font-size:18px;margin:0 0 2px;overflow-wrap:anywhere}.facts{color:var(--dim);margin:0;font-size:13.5px;grid-column:1/-1}.verdict{margin:0;font-weight:650;padding:4px 14px;border-radius:99px}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px;margin-top:16px}
.headline{font-weight:600;background:var(--red-bg);color:var(--red);border-radius:10px;padding:12px 16px;margin:0 0 12px;overflow-wrap:anywhere}
.tag{display:inline-block;font-size:12px;font-weight:600;border-radius:6px;padding:1px 8px;margin-right:4px}
.pass{color:var(--green)}.fail,.error{color:var(--red)}.incomplete,.warning,.open{color:var(--amber)}.info{color:var(--blue)}
.tag.pass,.verdict.pass{background:var(--green-bg)}.tag.fail,.tag.error,.verdict.fail{background:var(--red-bg)}.tag.incomplete,.tag.warning,.tag.open,.verdict.incomplete{background:var(--amber-bg)}.tag.info{background:var(--blue-bg)}
ul.findings{list-style:none;margin:14px 0 0;padding:0}.finding{color:var(--ink);border-left:3px solid var(--line);padding:6px 0 6px 14px;margin:0 0 10px;overflow-wrap:anywhere}.finding.error{border-color:var(--red)}.finding.warning,.finding.open{border-color:var(--amber)}.finding.info{border-color:var(--blue)}
.finding p{margin:0}.finding .meta{color:var(--dim);font-size:13px;margin-top:3px}.place{color:var(--blue)}
pre{margin:8px 0 0;padding:8px 12px;background:var(--bg);border:1px solid var(--line);border-radius:8px;overflow-x:auto;font-size:12.5px}code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
.notes{color:var(--dim);font-size:13.5px;padding-left:18px;margin:10px 0 0}details{margin-top:12px;border-top:1px solid var(--line);padding-top:10px}summary{cursor:pointer;font-weight:600;font-size:14px}
.scroll{overflow-x:auto;margin-top:10px}table{border-collapse:collapse;width:100%;font-size:13.5px}th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}thead th{color:var(--dim);font-weight:600}tbody th{font-weight:500}
td code{overflow-wrap:anywhere}.url{overflow-wrap:anywhere}.blocked{color:var(--red)}.matrix td a{color:inherit;font-weight:600}.passed{color:var(--dim);font-size:13.5px}a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
@media(max-width:520px){main{padding:20px 12px 60px}section{padding:14px}}
`.trim();
