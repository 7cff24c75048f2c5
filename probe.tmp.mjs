import http from 'node:http';
import { chromium } from 'playwright-core';
const js=(t,b='1;',s=200,h={})=>({s,h:{'content-type':t,'access-control-allow-origin':'*',...h},b});
const R={
 '/404.js':js('text/html','no',404),'/404m.js':js('text/html','no',404),'/404.css':js('text/html','no',404),'/404.png':js('text/html','no',404),'/404.woff2':js('text/html','no',404),
 '/500frame':js('text/html','oops',500),'/404w.js':js('text/html','no',404),
 '/plain.js':js('text/plain'),'/plainm.js':js('text/plain'),'/htmlm.js':js('text/html','<!doctype html>'),'/html.js':js('text/html','<!doctype html><p>'),
 '/html.css':js('text/html','<!doctype html>'),'/csv.js':js('text/csv'),'/nosniff.js':js('text/plain','1;',200,{'x-content-type-options':'nosniff'}),
 '/json.js':js('application/json','{}'),'/chunk.js':js('text/html','<!doctype html>'),'/chunk404.js':js('text/html','x',404),
 '/sri.js':js('text/javascript','1;'),'/sri.css':js('text/css','p{color:red}'),'/xfo':js('text/html','<p>x',200,{'x-frame-options':'DENY'}),'/fa':js('text/html','<p>x',200,{'content-security-policy':"frame-ancestors 'none'"}),
 '/bad.png':js('text/html','<p>'),'/bad.woff2':js('text/html','<p>'),'/s.svg':js('image/svg+xml','<svg xmlns="http://www.w3.org/2000/svg"><symbol id="i"><rect width="9" height="9"/></symbol></svg>'),
 '/w.js':js('text/html','<p>'),'/404.mp3':js('text/html','x',404),'/good.js':js('text/javascript','import "/404dep.js"'),'/404dep.js':js('text/html','x',404),'/json404':js('application/json','{}',404), '/orb.png':js('application/json','{"a":1}'),'/empty.css':js('text/plain','')
};
const handler=(q,r)=>{const p=q.url.split('?')[0];if(p==='/reset.js'){q.socket.destroy();return}
 const a=R[p];if(p==='/'){r.setHeader('content-type','text/html');r.end(PAGE);return}
 if(!a){r.statusCode=404;r.end();return} r.writeHead(a.s,a.h);r.end(a.b)};
const A=http.createServer(handler).listen(0),B=http.createServer(handler).listen(0);
await new Promise(f=>setTimeout(f,100));
const b=`http://127.0.0.1:${B.address().port}`;
const PAGE=`<!doctype html><head>
<script src="${b}/404.js"></script><script type=module src="${b}/404m.js"></script><link rel=stylesheet href="${b}/404.css">
<script src="${b}/plain.js"></script><script type=module src="${b}/plainm.js"></script><script type=module src="${b}/htmlm.js"></script><script src="${b}/html.js"></script><script src="${b}/csv.js"></script><script src="${b}/nosniff.js"></script><script src="${b}/json.js"></script>
<link rel=stylesheet href="${b}/html.css"><link rel=stylesheet href="${b}/empty.css">
<script src="${b}/sri.js" crossorigin integrity="sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="></script>
<link rel=stylesheet href="${b}/sri.css" crossorigin integrity="sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=">
<style>@font-face{font-family:f;src:url(${b}/404.woff2)} @font-face{font-family:g;src:url(${b}/bad.woff2)} p{font-family:f} b{font-family:g}</style></head><body><p>x</p><b>y</b>
<img src="${b}/404.png"><img src="${b}/bad.png"><img src="${b}/orb.png"><iframe src="${b}/500frame"></iframe><iframe src="${b}/xfo"></iframe><iframe src="${b}/fa"></iframe><svg><use href="${b}/s.svg#i"/></svg>
<div style="filter:url(${b}/s.svg#i)">q</div><audio src="${b}/404.mp3" controls></audio>
<script src="${b}/reset.js"></script>
<script type=module src="${b}/good.js"></script>
<script>import("${b}/chunk.js").catch(()=>0);import("${b}/chunk404.js").catch(()=>0);new Worker("/404w.js");new Worker("/w.js",{type:'module'});fetch("${b}/json404").catch(()=>0);
const i=new Image();i.src="${b}/404.png?js";
</script></body>`;
const br=await chromium.launch({executablePath:'/usr/bin/chromium-headless-shell',args:['--no-sandbox','--disable-features=BlockInsecurePrivateNetworkRequests,LocalNetworkAccessChecks']});
const pg=await br.newPage();const c=await pg.context().newCDPSession(pg);
const out=[];const name={};
for(const d of ['Network','Log','Audits','Page','Runtime'])await c.send(d+'.enable');
c.on('Network.requestWillBeSent',e=>{name[e.requestId]=e.request.url.replace(b,'');});
c.on('Network.responseReceived',e=>out.push(['resp',e.type,name[e.requestId],e.response.status,e.response.mimeType]));
c.on('Network.loadingFailed',e=>out.push(['FAIL',e.type,name[e.requestId],e.errorText,e.blockedReason,JSON.stringify(e.corsErrorStatus),e.canceled]));
c.on('Network.loadingFinished',e=>out.push(['fin',name[e.requestId]]));
c.on('Log.entryAdded',({entry:e})=>out.push(['LOG',e.source,e.level,e.text,e.url?.replace(b,''),e.lineNumber,e.networkRequestId&&name[e.networkRequestId],e.category]));
c.on('Audits.issueAdded',({issue:i})=>out.push(['ISSUE',i.code,JSON.stringify(i.details).slice(0,300)]));
c.on('Runtime.exceptionThrown',e=>out.push(['EXC',e.exceptionDetails.text,e.exceptionDetails.url]));
c.on('Runtime.consoleAPICalled',e=>out.push(['CON',e.type,JSON.stringify(e.args).slice(0,100)]));
await pg.goto(`http://127.0.0.1:${A.address().port}/`,{waitUntil:'load'}).catch(e=>console.log(String(e)));
await pg.waitForTimeout(800);
const seen=new Set();
for(const o of out)console.log(o.join(' | '));
await br.close();process.exit(0);
