/** Addresses of this machine and this network, which nobody is led to from outside. */
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** An address of a machine, as `dns.lookup` gives it. */
export interface MachineAddress {
  readonly address: string;
  readonly family: number;
}

/** Rejects when the name is not known. */
export type Resolve = (host: string) => Promise<readonly MachineAddress[]>;

export const resolveHost: Resolve = (host) => lookup(host, { all: true });

/** Source: IANA special-purpose address registries, and the clouds' metadata services. */
const LOCAL_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
const LOCAL_V6 = ["::/96", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"];
/** Hold an IPv4 address (6to4, Teredo) or are translated within a network: no server is at such a one. */
const TRANSITIONAL_V6 = ["64:ff9b:1::/48", "2002::/16", "2001::/32"];
/** End in an IPv4 address, which is the one asked: mapped ones, and those of networks without IPv4 (NAT64). */
const ENDING_IN_V4 = ["::ffff:", "64:ff9b::"];

const local = new BlockList();
for (const subnet of LOCAL_V4) addTo(local, subnet, "ipv4");
for (const subnet of [...LOCAL_V6, ...TRANSITIONAL_V6]) addTo(local, subnet, "ipv6");

function addTo(list: BlockList, subnet: string, family: "ipv4" | "ipv6"): void {
  const [address = "", bits = ""] = subnet.split("/");
  list.addSubnet(address, Number(bits), family);
}

/** Loopback, private, link-local, metadata, multicast and reserved ranges. */
export function isLocalAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return local.check(address, "ipv4");
  // A zone (`fe80::1%eth0`) is one of this machine.
  if (family === 0 || address.includes("%")) return true;
  const spelled = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const prefix = ENDING_IN_V4.find((known) => spelled.startsWith(known));
  return prefix ? isLocalAddress(lastV4Of(spelled.slice(prefix.length))) : local.check(spelled, "ipv6");
}

/** `7f00:1` is 127.0.0.1. */
function lastV4Of(groups: string): string {
  const [low = 0, high = 0] = groups
    .split(":")
    .map((group) => parseInt(group || "0", 16))
    .toReversed();
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
