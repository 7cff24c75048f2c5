/** A measurement, and what it says of a profile, for people. Pure. */
import type { Json, Measurement } from "../model/measurement.ts";
import { layersOf } from "./layers.ts";
import { hostOf } from "./profile.ts";
import type { Statement } from "./statement.ts";

const shown = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

export function summaryOf(measurement: Measurement): string {
  const { facts, date, browser, attempts } = measurement;
  const { name, version } = hostOf(measurement);
  const layers = layersOf(facts);
  const cells = Object.values(facts.cells ?? {});
  const refused = cells.filter((outcome) => outcome === "blocked").length;
  const lines = [
    `${`${name} ${version}`.trim()}, ${date}, ${browser}`,
    ...(layers ? policyLines("inner", layers.inner?.text) : []),
    ...(layers ? policyLines("outer", layers.outer?.text) : []),
    ...(cells.length > 0 ? [`refused by policy: ${refused} of ${count(cells.length, "attempt")}`] : []),
    ...(attempts ? [] : ["nothing was tried that a host may refuse: call measure_host with attempts for that"]),
  ];
  return `${lines.join("\n")}\n`;
}

const policyLines = (layer: string, text: string | undefined): string[] => [`${layer} policy: ${text ?? "none seen"}`];

/**
 * What differs, statement by statement; what no source said before; then what was not measured, by name.
 * @param isUnknown whether the profile has it from no source
 */
export function comparisonText(
  profile: string,
  statements: readonly Statement[],
  isUnknown: (one: Statement) => boolean = () => false,
): string {
  const [different, found] = differencesIn(statements, isUnknown);
  const unmeasured = statements.filter(({ state }) => state === "unmeasured");
  const equal = statements.length - different.length - found.length - unmeasured.length;
  const counts = [
    `${equal} equal`,
    `${different.length} different`,
    ...(found.length > 0 ? [`${found.length} not known before`] : []),
    `${unmeasured.length} not measured`,
  ];
  const lines = [
    `${profile}: ${counts.join(", ")}`,
    ...different.map(
      ({ id, believed, measured }) =>
        `  ${id}\n    profile:  ${shown(believed)}\n    measured: ${shown(measured ?? null)}`,
    ),
    ...(found.length > 0 ? ["not known before:"] : []),
    ...found.map(({ id, measured }) => `  ${id}: ${shown(measured ?? null)}`),
    ...(unmeasured.length > 0 ? [`not measured: ${unmeasured.map(({ id }) => id).join(", ")}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What differs from what a source says, and what was measured where none says anything. */
export function differencesIn(
  statements: readonly Statement[],
  isUnknown: (one: Statement) => boolean,
): readonly [different: readonly Statement[], found: readonly Statement[]] {
  const measured = statements.filter(({ state }) => state !== "unmeasured");
  return [
    measured.filter((one) => one.state === "different" && !isUnknown(one)),
    measured.filter((one) => isUnknown(one)),
  ];
}
