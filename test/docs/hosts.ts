/**
 * The tables of docs/hosts.md, made from the profiles: a value changed in `host/profiles` is changed on the page, or the
 * tests fail. `npx jiti test/docs/hosts.ts` writes them into the page.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { factsOf } from "../../host/csp/facts.ts";
import { templateText } from "../../host/csp/policy.ts";
import { knownProfiles } from "../../host/profiles/index.ts";
import type { HostProfile, HostStyles, PolicyTemplate } from "../../host/profiles/types.ts";

export const HOSTS_PAGE = join(import.meta.dirname, "../../docs/hosts.md");

function isTemplate(value: unknown): value is PolicyTemplate {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "object" && "sources" in one);
}

const isStyles = (value: unknown): value is HostStyles =>
  typeof value === "object" && value !== null && "light" in value && "dark" in value;

function valueText(value: unknown): string {
  if (isTemplate(value)) return templateText(value);
  if (Array.isArray(value)) return value.length > 0 ? value.join(" ") : "(none)";
  if (isStyles(value))
    return `${Object.keys(value.light).length} in light, ${Object.keys(value.dark).length} in dark`;
  if (value === null) return "(none)";
  if (value === "") return "(empty)";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** Facts of one profile; of one that builds on another, only those that differ. */
export function profileTable(profile: HostProfile, base: HostProfile | null): string {
  const inherited = new Map(base ? factsOf(base) : []);
  const rows = factsOf(profile)
    .filter(([path, fact]) => inherited.get(path) !== fact)
    .map(([path, { value, source, seen, confidence, note }]) =>
      [`\`${path}\``, confidence === "unknown" ? "" : `\`${cell(valueText(value))}\``, confidence, seen, cell(source + (note ? `; ${note}` : ""))].join(
        " | ",
      ),
    );
  const head = "fact | value | confidence | seen | source\n--- | --- | --- | --- | ---";
  return `${base ? `As \`${base.id}\`, but for:\n\n` : ""}${head}\n${rows.join("\n")}`;
}

const all = knownProfiles;

/** The earlier profile that a profile is spread from: the one with which it shares most of its facts. */
function baseOf(profile: HostProfile): HostProfile | null {
  const own = new Set(factsOf(profile).map(([, fact]) => fact));
  const shared = (other: HostProfile): number => factsOf(other).filter(([, fact]) => own.has(fact)).length;
  const [best] = all.slice(0, all.indexOf(profile)).toSorted((one, other) => shared(other) - shared(one));
  return best && shared(best) > own.size / 2 ? best : null;
}

/** The page with every `<!-- profile: ID -->` block made anew. */
export function withTables(page: string): string {
  return page.replace(/(<!-- profile: ([\w@-]+) -->\n)[\s\S]*?(\n<!-- end -->)/g, (_whole, open: string, id: string, end: string) => {
    const profile = all.find((one) => one.id === id);
    if (!profile) throw new Error(`docs/hosts.md names the profile ${id}, which is not there`);
    return `${open}\n${profileTable(profile, baseOf(profile))}\n${end}`;
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(HOSTS_PAGE, withTables(readFileSync(HOSTS_PAGE, "utf8")));
