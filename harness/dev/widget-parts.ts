/** Parts of a widget that the session asks for by name. */
import { join } from "node:path";
import type { Scenario, Widget } from "../model/widget.ts";

/** The named scenario, else the first. */
export function scenarioOf(widget: Widget, name: string): Scenario {
  return widget.scenarios.find((scenario) => scenario.name === name) ?? widget.scenarios[0] ?? { name: "default" };
}

/** Files outside its folder that a built widget was made of, by its source map. */
export function importedFiles({ root, sourceMaps }: Widget): string[] {
  if (root === undefined) return [];
  return Object.values(sourceMaps ?? {}).flatMap((map) =>
    (JSON.parse(map) as { sources: readonly (string | null)[] }).sources
      .filter((source): source is string => source !== null && source.startsWith("../"))
      .map((source) => join(root, source)),
  );
}
