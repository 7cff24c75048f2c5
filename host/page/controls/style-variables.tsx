/** The host's style variables, edited while the widget runs. */
import type { HostProfile } from "../../profiles/types.ts";
import { JsonEditor } from "../ui/json-editor.tsx";
import { Section } from "./section.tsx";

export function StyleVariables({
  profile,
  theme,
  edited,
  onChange,
  onReset,
}: {
  readonly profile: HostProfile;
  readonly theme: "light" | "dark";
  readonly edited: Readonly<Record<string, string>> | undefined;
  readonly onChange: (variables: Readonly<Record<string, string>> | undefined) => void;
  readonly onReset: (() => void) | undefined;
}) {
  const { styles, contextFields } = profile.bridge;
  const own = contextFields.value.includes("styles") ? styles.value : null;
  return (
    <Section title="Style variables">
      {own === null ? (
        <p className="hint">{profile.title} sends no style variables.</p>
      ) : (
        <>
          <JsonEditor
            label={`hostContext.styles.variables, ${theme}`}
            value={{ ...own[theme], ...edited }}
            rows={10}
            onChange={(value) => onChange(changedIn(value, own[theme]))}
            onReset={onReset}
          />
          <p className="hint">Told to the widget at once, over those of the host; in this page alone.</p>
        </>
      )}
    </Section>
  );
}

/** What differs from the host's own. */
function changedIn(
  value: unknown,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const changed = Object.entries(value as Record<string, unknown>).filter(
    (entry): entry is [string, string] =>
      entry[0].startsWith("--") && typeof entry[1] === "string" && own[entry[0]] !== entry[1],
  );
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}
