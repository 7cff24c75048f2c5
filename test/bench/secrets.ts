/**
 * Benchmark of the secret scanner: `npm run bench:secrets [-- FOLDER] [--misses] [--flagged] [--pages=1000]
 * [--bundles=FOLDER] [--packages=FOLDER [--fetch]]`.
 * FOLDER (or `SANDGLASS_SECRETS_DATA`, default `../shared/data/secrets`) holds `*.jsonl.gz` files of
 * `{ source, rule, label, text, secret? }`. Without it only freshly made values are measured.
 * `--pages` makes that many pages that hold 1 MiB of random bytes as a data: URI. `--bundles` reads every script
 * and style sheet below a folder, such as unpacked npm packages, and lists what is said of them. `--packages` reads
 * the published bundles of `secret-bundles.ts` from a folder; `--fetch` gets those that are not there from npm.
 * `SANDGLASS_SEED` makes the values and pages of another run again.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createCipheriv } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { resolve } from "node:path";
import { scanText, scanValue } from "../../harness/scan/index.ts";
import { freshNegatives, freshPositives, randomOf, type Sample } from "./secret-samples.ts";
import { fetchBundles, readBundles } from "./secret-bundles.ts";
import { propsOfSize } from "./secret-props.ts";

const argv = process.argv.slice(2);
const flag = (name: string) => argv.includes(`--${name}`);
const folder = resolve(
  argv.find((arg) => !arg.startsWith("--")) ?? process.env.SANDGLASS_SECRETS_DATA ?? "../shared/data/secrets",
);
const optionOf = (name: string) => argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const seed = Number(process.env.SANDGLASS_SEED ?? Date.now() % 1_000_000);

interface Case extends Sample {
  readonly secret?: string;
}

/** What the scanner says about a case placed in a prop: found kinds, publishable ones apart. */
function kindsIn(value: unknown): { readonly secrets: string[]; readonly notes: string[] } {
  const { detections } = scanValue(value, "toolOutput");
  return {
    secrets: detections.filter(({ publishable }) => !publishable).map(({ kind }) => kind),
    notes: detections.filter(({ publishable }) => publishable).map(({ kind }) => kind),
  };
}

function report(source: string, cases: readonly Case[], asProp: (item: Case) => unknown): void {
  const rows = { positive: { total: 0, hit: 0, note: 0 }, negative: { total: 0, hit: 0, note: 0 } };
  const missed = new Map<string, string[]>();
  const flagged = new Map<string, string[]>();
  for (const item of cases) {
    const { secrets, notes } = kindsIn(asProp(item));
    const row = rows[item.label];
    row.total += 1;
    if (secrets.length > 0) row.hit += 1;
    else if (notes.length > 0) row.note += 1;
    if (item.label === "positive" && secrets.length + notes.length === 0) add(missed, item.rule, item.text);
    if (item.label === "negative" && secrets.length > 0)
      add(flagged, `${item.rule} as ${[...new Set(secrets)].join(",")}`, item.text);
  }
  const { positive, negative } = rows;
  const found = positive.hit + positive.note;
  console.log(
    `${source.padEnd(34)} ${String(positive.total).padStart(6)} ${String(found).padStart(6)} ${share(found, positive.total).padStart(7)}   (${positive.note} as publishable)   ${String(negative.total).padStart(6)} ${String(negative.hit).padStart(5)} ${share(negative.hit, negative.total).padStart(7)}`,
  );
  if (flag("misses")) list("missed", missed);
  if (flag("flagged")) list("flagged", flagged);
}

function add(map: Map<string, string[]>, key: string, text: string): void {
  map.set(key, [...(map.get(key) ?? []), text]);
}

function list(word: string, map: ReadonlyMap<string, readonly string[]>): void {
  for (const [rule, texts] of [...map].sort(([a], [b]) => a.localeCompare(b)))
    console.log(
      `    ${word} ${rule} ×${texts.length}${
        flag("text")
          ? `: ${texts
              .slice(0, 4)
              .map((text) => JSON.stringify(text).slice(0, 160))
              .join("\n        ")}`
          : ""
      }`,
    );
}

const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${((part / whole) * 100).toFixed(1)} %`);

console.log(`seed ${seed}\n${"source".padEnd(34)} positives found recall                     negatives flagged`);
if (existsSync(folder)) {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl.gz"))
    .sort()) {
    const cases = gunzipSync(readFileSync(resolve(folder, file)))
      .toString("utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Case);
    report(`${file.replace(".jsonl.gz", "")} (context)`, cases, ({ text }) => ({ items: [{ title: "Result", text }] }));
    const bare = cases.filter(({ label, secret }) => label === "positive" && secret);
    if (bare.length > 0)
      report(`${file.replace(".jsonl.gz", "")} (bare value)`, bare, ({ secret }) => ({ items: [{ value: secret }] }));
  }
} else console.log(`no labelled data in ${folder}: fresh values only`);
const random = randomOf(seed);
const placed = ({ place, text }: Case) => place?.(text) ?? { items: [{ title: "Result", value: text }] };
report("fresh values of the table", freshPositives(random), placed);
report("fresh tricky negatives", freshNegatives(random), placed);

console.log("\nspeed (processor time: the first of the process, and the best of 5)");
for (const megabytes of [0.01, 1, 10]) {
  const props = propsOfSize(megabytes * 1e6, randomOf(7));
  console.log(`props of ${String(megabytes).padStart(5)} MB  ${speedOf(() => scanValue(props, "toolOutput"))}`);
}
const bundle = ["node_modules/react-dom/cjs/react-dom-client.development.js", "node_modules/zod/v4/core/schemas.js"]
  .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""))
  .join("\n");
const page = Buffer.from(bundle.repeat(Math.ceil(10e6 / bundle.length)).slice(0, 10e6), "latin1").toString("latin1");
console.log(
  `HTML of ${(page.length / 1e6).toFixed(0).padStart(6)} MB  ${speedOf(() => scanText(page, "html", { where: { url: "bundle.html" } }))}, ${scanText(page, "html").detections.length} detections`,
);

const pages = Number(optionOf("pages") ?? 1000);
const key = Buffer.alloc(16);
key.writeUInt32LE(seed);
/** Bytes of a block cipher: as random as a picture's, and the same for the same seed. */
const bytes = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
const zeros = Buffer.alloc(1 << 20);
const saidOfPages = Array.from({ length: pages }, () => {
  const uri = `data:application/octet-stream;base64,${bytes.update(zeros).toString("base64")}`;
  return scanText(`<!doctype html><img src="${uri}">`, "html").detections.map(({ kind }) => kind);
}).filter((kinds) => kinds.length > 0);
console.log(
  `\npages of 1 MiB of random bytes  ${saidOfPages.length} of ${pages} with a finding ${saidOfPages.join(" ")}`,
);

const bundles = optionOf("bundles");
if (bundles !== undefined)
  reportBundles(
    readdirSync(bundles, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:[cm]?js|css)$/.test(name))
      .map((name) => ({ name, text: readFileSync(resolve(bundles, name), "utf8") })),
  );
const packages = optionOf("packages");
if (packages !== undefined) {
  if (flag("fetch")) fetchBundles(packages);
  const { bundles: published, missing } = readBundles(packages);
  console.log(`\npublished bundles${missing.length > 0 ? `, without ${missing.join(", ")}` : ""}`);
  reportBundles(published);
}

function speedOf(run: () => unknown): string {
  const all = Array.from({ length: 5 }, () => timed(run));
  return `${(all[0] ?? 0).toFixed(0).padStart(6)} ms ${Math.min(...all)
    .toFixed(0)
    .padStart(6)} ms`;
}

/** What is said of every script and style sheet; the neighbourhood is masked. */
function reportBundles(files: readonly { readonly name: string; readonly text: string }[]): void {
  const counts = { error: 0, warning: 0, note: 0 };
  let characters = 0;
  for (const { name, text } of files) {
    characters += text.length;
    for (const { kind, confidence, publishable, around } of scanText(text, "html").detections) {
      const secret = confidence === "possible" ? "warning" : "error";
      const level = publishable ? "note" : secret;
      counts[level] += 1;
      console.log(`    ${level} ${kind} ${name}\n        ${around ?? ""}`);
    }
  }
  console.log(
    `${files.length} files, ${(characters / 1e6).toFixed(0)} MB: ${counts.error} errors, ${counts.warning} warnings, ${counts.note} notes`,
  );
}

/** Processor time of this process, milliseconds: other work on the machine does not count. */
function timed(run: () => unknown): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
