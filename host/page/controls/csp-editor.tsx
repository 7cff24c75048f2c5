import { useId, useMemo, useState } from "react";
import { readDeclaration } from "../../csp/declaration.ts";
import { buildPolicies, innerPolicy } from "../../csp/policy.ts";
import type { HostProfile } from "../../profiles/types.ts";
import type { WidgetView } from "../../server/types.ts";
import { listsOf, metaWithLists, type CspLists as Lists } from "../state/edited-meta.ts";
import { PolicyText } from "../ui/policy-text.tsx";
import type { Edits } from "../state/view.ts";

const LISTS = [
  ["connect", "connectDomains"],
  ["resource", "resourceDomains"],
  ["frame", "frameDomains"],
  ["redirect", "redirect_domains"],
  ["base", "baseUriDomains"],
] as const;

export default function CspEditor({
  widget,
  profile,
  edited,
  onChange,
  onReset,
}: {
  readonly widget: WidgetView;
  readonly profile: HostProfile;
  readonly edited: Edits["csp"];
  readonly onChange: (lists: Lists) => void;
  readonly onReset: (() => void) | undefined;
}) {
  const read = useMemo(() => readDeclaration(widget.meta, profile.cspKeys.value), [widget.meta, profile]);
  const lists: Lists = edited ?? read.declaration;
  const declaration = useMemo(
    () =>
      edited
        ? readDeclaration(metaWithLists(widget.meta, read.declaration, edited), profile.cspKeys.value).declaration
        : read.declaration,
    [widget.meta, profile, read, edited],
  );
  const { applied, effective } = useMemo(
    () => buildPolicies(profile, declaration, { serverOrigin: widget.serverOrigin }),
    [profile, declaration, widget.serverOrigin],
  );
  const entries = LISTS.flatMap(([list]) => lists[list]);
  const inner = innerPolicy(effective);
  return (
    <>
      <p className="hint">
        One entry a line. Applied at once; your files are not changed.{" "}
        {onReset ? (
          <button type="button" className="link" onClick={onReset}>
            Back to the declared lists
          </button>
        ) : null}
      </p>
      <div className="csp">
        <div className="csp__lists">
          {LISTS.map(([list, label]) => (
            <ListField
              key={list}
              label={label}
              entries={lists[list]}
              onChange={(entries) => onChange({ ...listsOf(lists), [list]: entries })}
            />
          ))}
        </div>
        <div className="csp__policy">
          <h3 className="sub">Effective policy{applied.id === profile.id ? "" : ` (${applied.id})`}</h3>
          {inner ? (
            <PolicyText label="Effective policy" value={declaredFirst(inner.value, entries)} declared={entries} />
          ) : (
            <p className="hint">None: CSP is off in this host.</p>
          )}
        </div>
      </div>
    </>
  );
}

/** What an edit changes is seen without scrolling; the order of directives means nothing. */
function declaredFirst(policy: string, entries: readonly string[]): string {
  const holds = (directive: string) => directive.split(/\s+/).some((source) => entries.includes(source));
  return policy
    .split(";")
    .sort((a, b) => Number(holds(b)) - Number(holds(a)))
    .join(";");
}

function ListField({
  label,
  entries,
  onChange,
}: {
  readonly label: string;
  readonly entries: readonly string[];
  readonly onChange: (entries: readonly string[]) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="code-input"
        rows={Math.max(1, entries.length)}
        spellCheck={false}
        value={typed ?? entries.join("\n")}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(
            event.target.value
              .split("\n")
              .map((line) => line.trim())
              .filter(Boolean),
          );
        }}
      />
    </div>
  );
}
