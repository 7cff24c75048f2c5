import type { HostProfile } from "../../host/profiles/types.ts";
import { SandglassError } from "../model/errors.ts";

/** @throws SandglassError `UNKNOWN_PROFILE` */
export function profileNamed(profiles: readonly HostProfile[], id: string): HostProfile {
  const found = profiles.find((profile) => profile.id === id);
  if (found) return found;
  throw new SandglassError(
    "UNKNOWN_PROFILE",
    `There is no host profile "${id}".`,
    `Choose of ${profiles.map((profile) => profile.id).join(", ")}.`,
  );
}
