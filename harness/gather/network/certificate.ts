/**
 * The boundary's TLS identity, made when the package is built. It vouches for
 * nothing: only browsers started by us accept it, because they are told to
 * ignore certificate errors, and it never leaves loopback.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../lib/package-root.ts";

let loaded: { readonly key: string; readonly cert: string } | undefined;

export function boundaryCertificate(): { readonly key: string; readonly cert: string } {
  return (loaded ??= JSON.parse(readFileSync(join(packageRoot(), "dist", "boundary-tls.json"), "utf8")));
}
