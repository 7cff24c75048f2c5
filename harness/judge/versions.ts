/** What changed for a widget from one dated version of a host to the next. Pure. */
import type { RunResult, VersionChange, WidgetRun } from "../model/result.ts";

/** `chatgpt@2026-05-18` → its host and its date; null: a host without a date. */
function versionOf(profile: string): { readonly host: string; readonly date: string } | null {
  const [host = "", date = ""] = profile.split("@");
  return date === "" ? null : { host, date };
}

/** As a part of a result; nothing where no two versions of a host were asked for. */
export function withVersions(runs: readonly WidgetRun[]): Pick<RunResult, "versions"> {
  const versions = versionChanges(runs);
  return versions.length > 0 ? { versions } : {};
}

/** One for each widget and scenario, and each two versions that follow each other. */
function versionChanges(runs: readonly WidgetRun[]): VersionChange[] {
  const dated = runs.flatMap((run) => {
    const version = versionOf(run.profile);
    return version ? [{ run, ...version }] : [];
  });
  const keyOf = ({ run, host }: (typeof dated)[number]): string =>
    JSON.stringify([run.widget, run.source, run.scenario, host]);
  return [...new Set(dated.map(keyOf))].flatMap((key) => {
    const group = dated.filter((one) => keyOf(one) === key);
    const inOrder = group.toSorted((one, other) => one.date.localeCompare(other.date)).map(({ run }) => run);
    return inOrder.slice(1).flatMap((to, index) => {
      const from = inOrder[index];
      return from ? [changeBetween(from, to)] : [];
    });
  });
}

function changeBetween(from: WidgetRun, to: WidgetRun): VersionChange {
  const [before, after] = [findingsOf(from), findingsOf(to)];
  return {
    widget: to.widget,
    scenario: to.scenario,
    from: { profile: from.profile, verdict: from.verdict },
    to: { profile: to.profile, verdict: to.verdict },
    gone: [...before].flatMap(([key, id]) => (after.has(key) ? [] : [id])),
    come: [...after].flatMap(([key, id]) => (before.has(key) ? [] : [id])),
  };
}

/** Fingerprint to check. */
const findingsOf = ({ checks }: WidgetRun): ReadonlyMap<string, string> =>
  new Map(checks.flatMap(({ id, findings }) => findings.map(({ fingerprint }) => [fingerprint, id] as const)));
