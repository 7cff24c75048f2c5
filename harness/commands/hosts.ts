/** `sandglass hosts [ID]`: what is known of each host, how old it is and how sure; of one host, every fact. */
import { ageOf, confidencesOf, factsOf, newestOf, OLD_DAYS } from "../../host/csp/facts.ts";
import { templateText } from "../../host/csp/policy.ts";
import { knownProfiles, profileById } from "../../host/profiles/index.ts";
import type { Confidence, HostProfile, HostStyles, PolicyTemplate } from "../../host/profiles/types.ts";
import { SandglassError } from "../model/errors.ts";
import { EXIT, type Io } from "./io.ts";

const CONFIDENCES: readonly Confidence[] = ["high", "medium", "low", "unknown"];

/** @throws SandglassError `UNKNOWN_PROFILE` */
export function hosts(id: string | undefined, io: Io, today = new Date().toISOString().slice(0, 10)): number {
  io.out(`${(id === undefined ? listOf(today) : pageOf(id, today)).join("\n")}\n`);
  return EXIT.clean;
}

function listOf(today: string): string[] {
  const rows = knownProfiles.map((profile) => {
    const counts = confidencesOf(profile);
    return [
      profile.id,
      newestOf(profile) ?? "",
      ageText(profile, today),
      ...CONFIDENCES.map((confidence) => String(counts[confidence])),
      profile.title,
    ];
  });
  return [
    ...aligned([["host", "newest fact", "age", ...CONFIDENCES, ""], ...rows]),
    "",
    `Facts by how sure they are; an age past ${OLD_DAYS} days is marked. \`sandglass hosts ID\` shows each with its source.`,
  ];
}

function pageOf(id: string, today: string): string[] {
  const profile = profileById(id);
  if (!profile)
    throw new SandglassError("UNKNOWN_PROFILE", `There is no host profile "${id}".`, "`sandglass hosts` lists them.");
  const facts = factsOf(profile).flatMap(([path, { value, confidence, seen, source, note }]) => [
    `${path}  ${confidence === "unknown" ? "unknown" : `${confidence}, ${seen}`}`,
    ...(confidence === "unknown" ? [] : [`    ${valueText(value)}`]),
    `    ${source}${note === undefined ? "" : `; ${note}`}`,
  ]);
  const contested = profile.assumptions.map(
    ({ name, values, default: assumed, why }) => `${name}  ${values.join(" or ")}, ${assumed} is assumed: ${why}`,
  );
  const age = ageText(profile, today);
  return [
    `${profile.title} (${profile.id})${age === "" ? "" : `, ${age}`}`,
    profile.summary,
    "",
    ...facts,
    ...(contested.length === 0 ? [] : ["", "Contested, --assume NAME=VALUE", ...contested]),
  ];
}

function ageText(profile: HostProfile, today: string): string {
  const age = ageOf(profile, today);
  if (age === null) return "";
  return `${age} days${age > OLD_DAYS ? " !" : ""}`;
}

function valueText(value: unknown): string {
  if (isTemplate(value)) return templateText(value);
  if (isStyles(value))
    return `${Object.keys(value.light).length} variables in light, ${Object.keys(value.dark).length} in dark`;
  return typeof value === "string" ? value || "(empty)" : JSON.stringify(value);
}

const isStyles = (value: unknown): value is HostStyles =>
  typeof value === "object" && value !== null && "light" in value && "dark" in value;

const isTemplate = (value: unknown): value is PolicyTemplate =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === "object" && one !== null && "sources" in one);

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
