/** What ran of the widget's code, by file: counted by the check, since this page cannot. */
import type { FileCoverage, Provenance, Share } from "../../../harness/model/evidence.ts";
import type { CodeCoverage, WidgetRun } from "../../../harness/model/result.ts";
import { Badge } from "../ui/parts.tsx";

const WHOSE: Readonly<Record<Provenance, string>> = { bundle: "bundled", package: "package" };

export function CodeThatRan({ run }: { readonly run: WidgetRun | null }) {
  const coverage = run?.coverage;
  if (!coverage) return null;
  return (
    <details className="rest">
      <summary>{summaryOf(coverage)}</summary>
      <table className="coverage">
        <caption className="visually-hidden">Code that ran, by file</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Ran</th>
            <th scope="col">Functions</th>
          </tr>
        </thead>
        <tbody>
          {coverage.files.map((file) => (
            <Row key={`${file.provenance} ${file.file}`} row={file} />
          ))}
        </tbody>
      </table>
      <p className="hint">
        Counted by “sandglass check”. Code made at run time is left out, and so are functions inside one that never ran.
      </p>
    </details>
  );
}

function Row({ row: { file, provenance, characters, functions } }: { readonly row: FileCoverage }) {
  return (
    <tr>
      <th scope="row">
        <span className="mono">{file}</span> {provenance ? <Badge>{WHOSE[provenance]}</Badge> : null}
      </th>
      <td>
        <meter min={0} max={characters.of} value={characters.ran} aria-label={`${file}: ran`} /> {percentOf(characters)}
      </td>
      <td>
        {functions.ran} of {functions.of}
      </td>
    </tr>
  );
}

/** Of a bundle it is not known how much of it is the widget's. */
function summaryOf({ own, bundled, refusedInPackages }: CodeCoverage): string {
  const shares = [own, bundled].flatMap((one) => one?.characters ?? []);
  const all = {
    ran: shares.reduce((sum, { ran }) => sum + ran, 0),
    of: shares.reduce((sum, { of }) => sum + of, 0),
  };
  const ran = `${percentOf(all)} of ${bundled ? "the bundled code" : "the widget’s own code"} ran`;
  return refusedInPackages === 0 ? ran : `${ran}; ${refusedInPackages} × what the host refuses did not run in packages`;
}

/** Only all is 100, and only nothing 0. */
function percentOf({ ran, of }: Share): string {
  if (ran === of) return "100 %";
  return ran === 0 ? "0 %" : `${Math.min(99, Math.max(1, Math.round((100 * ran) / of)))} %`;
}
