/** What surrounds the widget: the user's time zone, pointer and preferences, and the room that it is given. */
import { useId, useState } from "react";
import type { SetView } from "../state/use-view.ts";
import { isTimeZone, languagesIn, type Pointer } from "../state/values.ts";
import type { View } from "../state/view.ts";
import { Segmented } from "../ui/parts.tsx";
import { Section } from "./section.tsx";

interface EnvironmentProps {
  readonly view: View;
  readonly setView: SetView;
}

export function Environment({ view, setView }: EnvironmentProps) {
  return (
    <Section title="Environment">
      <TimeZoneField value={view.timeZone} onChange={(timeZone) => setView({ timeZone })} />
      <LanguagesField value={view.languages} onChange={(languages) => setView({ languages })} />
      <Segmented<Pointer>
        legend="Pointer"
        value={view.pointer}
        onChange={(pointer) => setView({ pointer })}
        choices={[
          { id: "", label: "By device" },
          { id: "touch", label: "Touch" },
          { id: "mouse", label: "Hover" },
        ]}
      />
      <div className="pair">
        <Pixels label="Width" value={view.width} onChange={(width) => setView({ width })} />
        <Pixels label="maxHeight" value={view.height} onChange={(height) => setView({ height })} />
      </div>
      <p className="hint">0 px: as the host has it.</p>
      <label className="check">
        <input
          type="checkbox"
          checked={view.motion === "reduce"}
          onChange={(event) => setView({ motion: event.target.checked ? "reduce" : "" })}
        />
        <span>Reduced motion</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={view.contrast === "more"}
          onChange={(event) => setView({ contrast: event.target.checked ? "more" : "" })}
        />
        <span>More contrast</span>
      </label>
      <p className="hint">
        The host tells the widget of the time zone, the pointer and the sizes. Its Date and Intl, navigator.languages,
        touch events, reduced motion and contrast are those of this browser in the frame on this page, and as chosen
        here in the check.
      </p>
    </Section>
  );
}

const ZONES = [
  "UTC",
  "America/Los_Angeles",
  "America/New_York",
  "America/Sao_Paulo",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Pacific/Kiritimati",
];

function TimeZoneField({ value, onChange }: { readonly value: string; readonly onChange: (zone: string) => void }) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const isValid = text === "" || isTimeZone(text);
  return (
    <div className="field">
      <label htmlFor={id}>Time zone</label>
      <input
        id={id}
        type="text"
        list={`${id}-zones`}
        placeholder="UTC"
        value={text}
        aria-invalid={!isValid}
        spellCheck={false}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          const { value: zone } = event.target;
          setTyped(zone);
          if (zone === "" || isTimeZone(zone)) onChange(zone);
        }}
      />
      <datalist id={`${id}-zones`}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {isValid ? null : <span className="field__problem">Not a time zone, e.g. Europe/Berlin</span>}
    </div>
  );
}

/** A list; what is typed is taken once the field is left, or Enter is pressed. */
function LanguagesField({
  value,
  onChange,
}: {
  readonly value: readonly string[];
  readonly onChange: (languages: readonly string[]) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value.join(", ");
  const isValid = languagesIn(text).length === text.split(",").filter((tag) => tag.trim() !== "").length;
  const take = () => {
    if (typed !== null && isValid) onChange(languagesIn(typed));
    setTyped(null);
  };
  return (
    <label className="field">
      <span>Languages of the browser</span>
      <input
        type="text"
        placeholder="as the locale"
        value={text}
        aria-invalid={!isValid}
        spellCheck={false}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
        }}
        onChange={(event) => setTyped(event.target.value)}
      />
      {isValid ? null : <span className="field__problem">Language tags with commas, e.g. de-CH, fr, en</span>}
    </label>
  );
}

const MOST_PX = 10_000;

function Pixels({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (pixels: number) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}, px</label>
      <input
        id={id}
        type="number"
        min={0}
        max={MOST_PX}
        value={value}
        onChange={(event) => onChange(Math.min(MOST_PX, Math.max(0, Math.round(Number(event.target.value)) || 0)))}
      />
    </div>
  );
}
