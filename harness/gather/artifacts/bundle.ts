/** A widget that we built is read as built; its author looks for the place in the source. */
import type { BundleEvidence, Gathered, Where } from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { Locate } from "./locate.ts";

export function bundleOf({ bundle, document }: JoinContext, locate: Locate): Gathered<BundleEvidence> {
  if (bundle.status === "failed" || document.sourceMaps.length === 0) return bundle;
  const mapped = <T extends { readonly where: Where }>(item: T): T => ({
    ...item,
    where: item.where.line === undefined ? item.where : locate.position(item.where.line, item.where.column ?? 1),
  });
  const { value } = bundle;
  return { status: "ok", value: { ...value, urls: value.urls.map(mapped), uses: value.uses.map(mapped) } };
}
