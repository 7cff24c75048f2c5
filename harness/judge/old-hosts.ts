/** Hosts of a run that may have changed since they were looked at. Pure. */
import { ageOf, newestOf, OLD_DAYS } from "../../host/csp/facts.ts";
import type { HostProfile } from "../../host/profiles/types.ts";
import type { RunResult } from "../model/result.ts";

/** @param today ISO date */
export function oldHostsOf(hosts: readonly HostProfile[], today: string): Pick<RunResult, "oldHosts"> {
  const oldHosts = [...new Set(hosts)].flatMap((profile) => {
    const ageDays = ageOf(profile, today);
    const seen = newestOf(profile);
    return ageDays === null || seen === null || ageDays <= OLD_DAYS
      ? []
      : [{ profile: profile.id, title: profile.title, seen, ageDays }];
  });
  return oldHosts.length > 0 ? { oldHosts } : {};
}
