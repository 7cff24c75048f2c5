/** How the network fails, by origin: of the answers that the dev overlay gives. */
import { useId, useState } from "react";
import type { NetworkFault } from "../../server/types.ts";
import { IconButton } from "../ui/parts.tsx";
import { Section } from "./section.tsx";

const HOW: Readonly<Record<NetworkFault["how"], string>> = {
  slow: "Slow: 4 s",
  error: "Answers 503",
  unreachable: "Unreachable",
};

export function NetworkFaults({
  faults,
  hasOverlay,
  onChange,
}: {
  readonly faults: readonly NetworkFault[];
  readonly hasOverlay: boolean;
  readonly onChange: (faults: readonly NetworkFault[]) => void;
}) {
  const id = useId();
  const [origin, setOrigin] = useState("");
  const [how, setHow] = useState<NetworkFault["how"]>("slow");
  const wanted = origin === "" ? "*" : originOf(origin);
  const add = () => {
    if (wanted === null) return;
    onChange([...faults.filter((one) => one.origin !== wanted), { origin: wanted, how }]);
    setOrigin("");
  };
  return (
    <Section title="Network">
      {faults.map((fault) => (
        <p key={fault.origin} className="fault">
          <span className="mono">{fault.origin === "*" ? "every origin" : fault.origin}</span>
          <span>{HOW[fault.how]}</span>
          <IconButton
            icon="close"
            label={`Mend ${fault.origin}`}
            onClick={() => onChange(faults.filter((one) => one !== fault))}
          />
        </p>
      ))}
      <div className="field">
        <label htmlFor={`${id}-origin`}>Origin</label>
        <input
          id={`${id}-origin`}
          type="text"
          placeholder="every origin"
          spellCheck={false}
          value={origin}
          aria-invalid={wanted === null}
          onChange={(event) => setOrigin(event.target.value)}
        />
        {wanted === null ? <span className="field__problem">Not an origin, e.g. https://api.example.com</span> : null}
      </div>
      <div className="field">
        <label htmlFor={`${id}-how`}>Is</label>
        <select id={`${id}-how`} value={how} onChange={(event) => setHow(event.target.value as NetworkFault["how"])}>
          {(Object.keys(HOW) as NetworkFault["how"][]).map((one) => (
            <option key={one} value={one}>
              {HOW[one]}
            </option>
          ))}
        </select>
      </div>
      <button type="button" className="button button--small" onClick={add} disabled={wanted === null}>
        Break it
      </button>
      <p className="hint">
        {hasOverlay
          ? "For requests that CSP lets through, in this page alone; the check has its trial “outage” for this."
          : "Of no effect while the dev overlay is off: nothing of ours stands between the widget and the network."}
      </p>
    </Section>
  );
}

const originOf = (text: string): string | null =>
  URL.canParse(text) && new URL(text).origin !== "null" ? new URL(text).origin : null;
