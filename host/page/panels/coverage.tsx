import { useState } from "react";
import type { CodeShares, FileCoverage, Provenance, Share } from "../../../harness/model/evidence.ts";
import type { CodeCoverage } from "../../../harness/model/result.ts";
import { Badge, Empty, Filter, matches } from "../ui/parts.tsx";
import type { PanelInfo, PanelProps } from "./types.ts";
import { checkedRun } from "./verdict-words.ts";

const WHOSE: Readonly<Record<Provenance | "own", string>> = { own: "own", bundle: "bundled", package: "package" };

function CoveragePanel({ check }: PanelProps) {
  const [filter, setFilter] = useState("");
  const coverage = checkedRun(check)?.coverage;
  if (!coverage)
    return (
      <div className="panel-body">
        <Empty title="Not measured yet">
          What ran of the widget’s code appears here once “sandglass check” has run: this page cannot count it.
        </Empty>
      </div>
    );
  const shown = coverage.files.filter(({ file, provenance }) => matches(filter, file, WHOSE[provenance ?? "own"]));
  return (
    <div className="panel-body">
      <p>{summaryOf(coverage)}</p>
      <div className="panel-tools">
        <Filter
          label="Filter by file"
          value={filter}
          onChange={setFilter}
          shown={shown.length}
          total={coverage.files.length}
        />
      </div>
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
          {shown.map((file) => (
            <Row key={`${file.provenance} ${file.file}`} row={file} />
          ))}
        </tbody>
      </table>
      <p className="hint">
        All trials of the check together. Code made at run time is left out, and functions inside one that never ran are
        not counted.
      </p>
    </div>
  );
}

function Row({ row: { file, provenance, characters, functions } }: { readonly row: FileCoverage }) {
  return (
    <tr>
      <th scope="row">
        <span className="mono">{file}</span> {provenance ? <Badge tone="plain">{WHOSE[provenance]}</Badge> : null}
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

function summaryOf({ own, bundled, refusedInPackages }: CodeCoverage): string {
  const of = (shares: CodeShares, whose: string): string => `${percentOf(shares.characters)} of ${whose} ran`;
  const bundle = bundled ? of(bundled, "the bundled code") : "No code of its own was seen";
  const ran = own ? of(own, "the widget’s own code") : bundle;
  return refusedInPackages === 0
    ? `${ran}.`
    : `${ran}; in packages, ${refusedInPackages} × what the host refuses did not.`;
}

/** Only all is 100, and only nothing 0. */
function percentOf({ ran, of }: Share): string {
  if (ran === of) return "100 %";
  return ran === 0 ? "0 %" : `${Math.min(99, Math.max(1, Math.round((100 * ran) / of)))} %`;
}

export const coveragePanel: PanelInfo = {
  id: "coverage",
  label: "Code",
  count: () => null,
  tone: () => "plain",
  Panel: CoveragePanel,
};
