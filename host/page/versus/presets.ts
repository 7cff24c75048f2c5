/** What can be compared with. */
import type { SessionView } from "../../server/types.ts";
import type { Versus } from "../state/versus.ts";
import type { View } from "../state/view.ts";

export interface VersusPreset {
  readonly label: string;
  readonly versus: Versus;
}

/** What is compared with first: where a widget that works while it is built stops working. */
export function presetsFor({ profiles }: SessionView, view: View, shown: string): VersusPreset[] {
  const theme = view.theme === "dark" ? "light" : "dark";
  const other = shown === "chatgpt-dev" ? "chatgpt" : "chatgpt-dev";
  return [
    ...profiles
      .filter(({ id }) => id !== shown)
      .sort((a, b) => Number(b.id === other) - Number(a.id === other))
      .map(({ id, title }): VersusPreset => ({ label: title, versus: { profile: id } })),
    { label: theme === "dark" ? "Dark theme" : "Light theme", versus: { theme } },
    { label: "A phone", versus: { device: "mobile" } },
    { label: "320 px wide", versus: { width: 320 } },
    { label: "German", versus: { locale: "de-DE" } },
    { label: "Arabic, right to left", versus: { locale: "ar-EG" } },
  ];
}
