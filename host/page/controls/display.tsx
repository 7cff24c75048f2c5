/** How the host shows the widget: theme, mode, device, locale, safe area. */
import { useState } from "react";
import type { HostProfile } from "../../profiles/types.ts";
import type { SetView } from "../state/use-view.ts";
import { isLocale } from "../state/values.ts";
import { NO_INSETS, type Insets, type View } from "../state/view.ts";
import { Segmented } from "../ui/parts.tsx";
import { Section } from "./section.tsx";

interface DisplayProps {
  readonly view: View;
  readonly setView: SetView;
  readonly profile: HostProfile;
}

export function Display({ view, setView, profile }: DisplayProps) {
  return (
    <Section title="Display" open>
      <Segmented
        legend="Theme"
        value={view.theme}
        onChange={(theme) => setView({ theme })}
        choices={[
          { id: "light", label: "Light", icon: "sun" },
          { id: "dark", label: "Dark", icon: "moon" },
        ]}
      />
      <Segmented
        legend="Display mode"
        value={view.mode}
        onChange={(mode) => setView({ mode })}
        choices={MODES.map((mode) => ({
          ...mode,
          hidden: !profile.bridge.availableDisplayModes.value.includes(mode.id),
        }))}
      />
      <Segmented
        legend="Device"
        value={view.device}
        onChange={(device) => setView({ device })}
        choices={[
          { id: "desktop", label: "Desktop" },
          { id: "tablet", label: "Tablet" },
          { id: "mobile", label: "Mobile" },
        ]}
      />
      <LocaleField value={view.locale} onChange={(locale) => setView({ locale })} />
      <SafeArea view={view} setView={setView} />
    </Section>
  );
}

const MODES = [
  { id: "inline", label: "Inline" },
  { id: "fullscreen", label: "Fullscreen" },
  { id: "pip", label: "PiP" },
] as const;

const LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "pt-BR", "ja-JP", "zh-CN", "ar-EG", "he-IL", "hi-IN"];

function LocaleField({ value, onChange }: { readonly value: string; readonly onChange: (locale: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const valid = isLocale(text);
  return (
    <label className="field">
      <span>Locale</span>
      <input
        type="text"
        list="locales"
        value={text}
        aria-invalid={!valid}
        spellCheck={false}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          if (isLocale(event.target.value)) onChange(event.target.value);
        }}
      />
      <datalist id="locales">
        {LOCALES.map((locale) => (
          <option key={locale} value={locale} />
        ))}
      </datalist>
      {valid ? null : <span className="field__problem">Not a language tag, e.g. pt-BR</span>}
    </label>
  );
}

/** Insets of common devices, CSS pixels; ChatGPT's fullscreen has 40 px at the top where its header is hidden (hosts.md). */
const PRESETS = [
  ["No insets", NO_INSETS],
  ["Phone, upright", { top: 47, right: 0, bottom: 34, left: 0 }],
  ["Phone, on its side", { top: 0, right: 47, bottom: 21, left: 47 }],
  ["Tablet", { top: 24, right: 0, bottom: 20, left: 0 }],
  ["ChatGPT fullscreen, header hidden", { top: 40, right: 0, bottom: 0, left: 0 }],
] as const satisfies readonly (readonly [string, Insets])[];
const OWN = "As below";

const presetOf = (insets: Insets): string =>
  PRESETS.find(([, one]) =>
    (["top", "right", "bottom", "left"] as const).every((side) => one[side] === insets[side]),
  )?.[0] ?? OWN;
const insetsOf = (label: string): Insets => PRESETS.find(([one]) => one === label)?.[1] ?? NO_INSETS;

const NOTCH = { top: 47, right: 0, bottom: 34, left: 0 };

function SafeArea({ view, setView }: Omit<DisplayProps, "profile">) {
  const on = Object.values(view.insets).some((inset) => inset > 0);
  return (
    <fieldset className="insets">
      <legend>Safe area, px</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => setView({ insets: event.target.checked ? NOTCH : NO_INSETS })}
        />
        <span>Phone insets</span>
      </label>
      <label className="field">
        <span>Preset</span>
        <select value={presetOf(view.insets)} onChange={(event) => setView({ insets: insetsOf(event.target.value) })}>
          {PRESETS.map(([label]) => (
            <option key={label}>{label}</option>
          ))}
          {PRESETS.some(([label]) => label === presetOf(view.insets)) ? null : <option>{OWN}</option>}
        </select>
      </label>
      <div className="insets__row">
        {(["top", "right", "bottom", "left"] as const).map((side) => (
          <label key={side}>
            <span>{side}</span>
            <input
              type="number"
              min={0}
              max={200}
              value={view.insets[side]}
              onChange={(event) =>
                setView({
                  insets: { ...view.insets, [side]: Math.min(200, Math.max(0, Number(event.target.value) || 0)) },
                })
              }
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
