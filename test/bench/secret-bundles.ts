/**
 * Published bundles of much used front-end packages, as a CDN serves them: found in a folder, fetched into it with
 * `npm pack` only when asked. Nothing of them is run.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Package, and the file to read where its manifest does not name the one that pages load. */
const PACKAGES: readonly (readonly [name: string, file?: string])[] = [
  ["react", "cjs/react.production.js"],
  ["react-dom", "cjs/react-dom-client.production.js"],
  ["preact"],
  ["vue"],
  ["svelte"],
  ["solid-js"],
  ["lit"],
  ["alpinejs"],
  ["htmx.org"],
  ["jquery"],
  ["lodash"],
  ["moment"],
  ["dayjs"],
  ["luxon"],
  ["date-fns", "cdn.min.js"],
  ["axios"],
  ["rxjs", "dist/bundles/rxjs.umd.min.js"],
  ["redux"],
  ["mobx"],
  ["zustand", "umd/index.production.js"],
  ["immer"],
  ["zod"],
  ["ajv", "dist/core.js"],
  ["three", "build/three.module.min.js"],
  ["plotly.js-dist-min"],
  ["d3"],
  ["chart.js"],
  ["echarts"],
  ["highcharts"],
  ["apexcharts"],
  ["vega"],
  ["vega-lite"],
  ["vega-embed"],
  ["mermaid"],
  ["cytoscape"],
  ["leaflet"],
  ["mapbox-gl", "dist/mapbox-gl.js"],
  ["maplibre-gl", "dist/maplibre-gl.js"],
  ["ol", "dist/ol.js"],
  ["pdfjs-dist", "build/pdf.min.mjs"],
  ["pdfjs-dist", "build/pdf.worker.min.mjs"],
  ["monaco-editor", "min/vs/loader.js"],
  ["codemirror"],
  ["ace-builds", "src-min-noconflict/ace.js"],
  ["quill"],
  ["tinymce", "tinymce.min.js"],
  ["prosemirror-view"],
  ["marked"],
  ["markdown-it"],
  ["showdown"],
  ["dompurify"],
  ["highlight.js", "lib/core.js"],
  ["prismjs"],
  ["katex"],
  ["mathjax", "tex-mml-chtml.js"],
  ["firebase", "firebase-app.js"],
  ["firebase", "firebase-auth.js"],
  ["firebase", "firebase-firestore.js"],
  ["@stripe/stripe-js", "dist/index.js"],
  ["@supabase/supabase-js"],
  ["@sentry/browser", "build/npm/cjs/prod/index.js"],
  ["posthog-js"],
  ["mixpanel-browser"],
  ["@auth0/auth0-spa-js"],
  ["algoliasearch"],
  ["socket.io-client"],
  ["pusher-js"],
  ["video.js"],
  ["hls.js"],
  ["dashjs", "dist/modern/umd/dash.all.min.js"],
  ["howler"],
  ["tone"],
  ["gsap"],
  ["animejs"],
  ["lottie-web"],
  ["swiper", "swiper-bundle.min.js"],
  ["@splidejs/splide"],
  ["bootstrap"],
  ["@popperjs/core"],
  ["@floating-ui/dom"],
  ["sortablejs"],
  ["interactjs"],
  ["fabric"],
  ["konva"],
  ["pixi.js"],
  ["phaser"],
  ["matter-js"],
  ["@babylonjs/core", "Engines/engine.js"],
  ["babylonjs"],
  ["@tensorflow/tfjs"],
  ["onnxruntime-web", "dist/ort.min.js"],
  ["papaparse"],
  ["xlsx"],
  ["jszip", "dist/jszip.min.js"],
  ["jspdf"],
  ["html2canvas"],
  ["qrcode", "lib/browser.js"],
  ["crypto-js", "crypto-js.js"],
  ["tweetnacl"],
  ["bn.js"],
  ["elliptic"],
  ["ethers"],
  ["web3"],
  ["core-js-bundle"],
  ["handlebars"],
  ["mustache"],
];

export interface Bundle {
  /** Package with its version, and the file within: `three@0.1.0 build/three.module.min.js`. */
  readonly name: string;
  readonly text: string;
}

/** Fetches what is not in the folder yet. A package that cannot be had is named and left out. */
export function fetchBundles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of new Set(PACKAGES.map(([of]) => of))) {
    const to = folderOf(folder, name);
    if (existsSync(join(to, "package.json"))) continue;
    try {
      const [packed] = JSON.parse(
        execFileSync("npm", ["pack", name, "--json", "--ignore-scripts", "--pack-destination", folder], {
          encoding: "utf8",
          maxBuffer: 1 << 26,
          stdio: ["ignore", "pipe", "ignore"],
        }),
      ) as { filename: string }[];
      const archive = join(folder, (packed?.filename ?? "").replace(/^@/, "").replace("/", "-"));
      mkdirSync(to, { recursive: true });
      execFileSync("tar", ["-xzf", archive, "-C", to, "--strip-components=1"]);
      rmSync(archive);
    } catch (error) {
      console.log(
        `    cannot fetch ${name}: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`,
      );
    }
  }
}

/** The bundles of the list that are in the folder, and those that are not. */
export function readBundles(folder: string): { readonly bundles: Bundle[]; readonly missing: string[] } {
  const bundles: Bundle[] = [];
  const missing: string[] = [];
  for (const [name, named] of PACKAGES) {
    const from = folderOf(folder, name);
    const manifest = existsSync(join(from, "package.json")) ? readManifest(join(from, "package.json")) : undefined;
    const { unpkg, jsdelivr, browser, module, main } = manifest ?? {};
    const candidates = [named, unpkg, jsdelivr, browser, module, main].filter((file) => typeof file === "string");
    const file = candidates.find((candidate) => /\.[cm]?js$/.test(candidate) && existsSync(join(from, candidate)));
    if (manifest && file)
      bundles.push({ name: `${name}@${manifest.version} ${file}`, text: readFileSync(join(from, file), "utf8") });
    else missing.push(name);
  }
  return { bundles, missing };
}

type Manifest = { readonly version: string } & Readonly<
  Partial<Record<"unpkg" | "jsdelivr" | "browser" | "module" | "main", unknown>>
>;

const readManifest = (path: string): Manifest => JSON.parse(readFileSync(path, "utf8")) as Manifest;
const folderOf = (folder: string, name: string): string => join(folder, name.replace("/", "__"));
