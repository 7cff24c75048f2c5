/** Code that was built is read as built; its author looks for the place in the source. */
import type { BundleEvidence, Gathered, Provenance, Where } from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { inSource } from "./code-maps.ts";
import type { Locate } from "./locate.ts";

interface Placed {
  readonly where: Where;
  readonly provenance?: Provenance;
}

export function bundleOf(context: JoinContext, locate: Locate): Gathered<BundleEvidence> {
  const { bundle, document, codeMaps = {} } = context;
  if (bundle.status === "failed") return bundle;
  if (document.sourceMaps.length === 0 && Object.keys(codeMaps).length === 0) return bundle;
  const inAuthorsFile = (where: Where): Where => {
    if (where.line === undefined) return where;
    return where.url === document.name ? locate.position(where.line, where.column ?? 1) : inSource(where, context);
  };
  const placed = (built: Where, provenance: Provenance | undefined): Placed => {
    const where = inAuthorsFile(built);
    const isMapped = where.file !== undefined && where.file !== document.name;
    return { where, ...(isMapped ? provenanceIn(where.file) : known(provenance)) };
  };
  const { files, urls, uses } = bundle.value;
  return {
    status: "ok",
    value: {
      files,
      urls: urls.map(({ where, provenance, ...url }) => ({ ...url, ...placed(where, provenance) })),
      uses: uses.map(({ where, provenance, ...use }) => ({ ...use, ...placed(where, provenance) })),
    },
  };
}

/** A source file says whose it is. */
const provenanceIn = (file: string): Pick<Placed, "provenance"> =>
  known(/(^|\/)node_modules\//.test(file) ? "package" : undefined);

const known = (provenance: Provenance | undefined): Pick<Placed, "provenance"> =>
  provenance === undefined ? {} : { provenance };
