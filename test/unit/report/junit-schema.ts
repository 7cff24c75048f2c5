/** The schema that Jenkins' xUnit plugin ships for JUnit (junit-10.xsd, read in November 2026), as far as it restricts, and what Surefire's own adds: a time of each case. */
interface ElementRule {
  readonly children: readonly string[];
  readonly needs: readonly string[];
  readonly takes: readonly string[];
  /** Text may stand in it. */
  readonly text?: true;
}

const OUTCOME: ElementRule = { children: [], needs: [], takes: ["type", "message"], text: true };
const OUTPUT: ElementRule = { children: [], needs: [], takes: [], text: true };

const RULES: Readonly<Record<string, ElementRule>> = {
  testsuites: { children: ["testsuite"], needs: [], takes: ["name", "time", "tests", "failures", "errors"] },
  testsuite: {
    children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
    needs: ["name", "tests", "failures", "errors"],
    takes: ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
  },
  properties: { children: ["property"], needs: [], takes: [] },
  property: { children: [], needs: ["name", "value"], takes: [] },
  testcase: {
    children: ["skipped", "error", "failure", "system-out", "system-err"],
    needs: ["name", "time"],
    takes: ["classname", "group"],
  },
  failure: OUTCOME,
  error: OUTCOME,
  skipped: OUTCOME,
  "system-out": OUTPUT,
  "system-err": OUTPUT,
};
const COUNTS = /^(?:tests|failures|errors|skipped)$/;
const TIME = /^\d+(?:\.\d+)?$/;

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What breaks the schema, one line each. */
export function junitProblems(xml: string): string[] {
  const problems: string[] = [];
  const open: Element[] = [];
  const tokens = xml
    .replace(/^<\?xml[^>]*\?>\s*/, "")
    .matchAll(/<(\/?)([\w-]+)((?:\s[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/g);
  for (const [, slash, name = "", written = "", self, text] of tokens) {
    const parent = open.at(-1);
    if (text !== undefined) {
      if (text.trim() !== "" && !RULES[parent?.name ?? ""]?.text)
        problems.push(`text in ${parent?.name}: ${text.trim()}`);
      continue;
    }
    if (slash) {
      open.pop();
      continue;
    }
    const attributes = new Map(
      [...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    );
    problems.push(...problemsOf({ name, attributes }, parent));
    if (!self) open.push({ name, attributes });
  }
  return problems;
}

function problemsOf({ name, attributes }: Element, parent: Element | undefined): string[] {
  const rule = RULES[name];
  if (!rule) return [`<${name}> is not known`];
  const isPlaced = parent ? RULES[parent.name]?.children.includes(name) : name === "testsuites" || name === "testsuite";
  return [
    ...(isPlaced ? [] : [`<${name}> in <${parent?.name ?? "nothing"}>`]),
    ...rule.needs.filter((key) => !attributes.has(key)).map((key) => `<${name}> without ${key}`),
    ...[...attributes.keys()]
      .filter((key) => !rule.needs.includes(key) && !rule.takes.includes(key))
      .map((key) => `<${name} ${key}>`),
    ...[...attributes]
      .filter(([key, value]) => (COUNTS.test(key) && !/^\d+$/.test(value)) || (key === "time" && !TIME.test(value)))
      .map(([key, value]) => `<${name} ${key}="${value}">`),
  ];
}
