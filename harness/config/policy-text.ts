/** A CSP as text, with placeholders for the declared lists, to directives. */
import type { DirectiveTemplate, PolicyTemplate } from "../../host/profiles/types.ts";

/** Directives that take no value (CSP Level 3; Upgrade Insecure Requests §3). */
const VALUELESS = new Set(["upgrade-insecure-requests", "block-all-mixed-content"]);

/** `img-src 'self' {resource}; object-src 'none'` → directives. A later directive of the same name is dropped, as browsers do. */
export function policyTemplate(text: string): PolicyTemplate {
  const directives = new Map<string, DirectiveTemplate>();
  for (const part of text.split(";")) {
    const [written = "", ...sources] = part.trim().split(/\s+/);
    const name = written.toLowerCase();
    if (name === "" || directives.has(name)) continue;
    const isNone = sources.length === 1 && sources[0]?.toLowerCase() === "'none'";
    directives.set(name, { name, sources: isNone ? [] : sources, ...(VALUELESS.has(name) ? { valueless: true } : {}) });
  }
  return [...directives.values()];
}
