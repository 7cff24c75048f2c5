/** Which machines `--network live` asks: those of this network only when they were named. */
import { isLocalAddress, type MachineAddress, type Resolve } from "../../lib/local-address.ts";
import { hostPortOf } from "../../model/host-port.ts";

/**
 * Every address of an URL's host, or null when one of them is local and the URL
 * was not named. Who connects uses these: a second look-up may answer otherwise.
 * @param named as `hostPortOf` spells them
 */
export async function addressesOf(
  url: URL,
  named: ReadonlySet<string>,
  resolve: Resolve,
): Promise<readonly MachineAddress[] | null> {
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ""));
  if (named.has(hostPortOf(url))) return addresses;
  return addresses.some(({ address }) => isLocalAddress(address)) ? null : addresses;
}
