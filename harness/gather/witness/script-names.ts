/** How scripts are named: ours, so that nobody else's passes for one, and those that named themselves by `//# sourceURL=`. */
import { randomBytes } from "node:crypto";

/** Random, so that a widget cannot name its own scripts alike. */
const OWN = `sandglass:${randomBytes(8).toString("hex")}/`;

/** The line that names an injected script. */
export const ownScriptName = (name: string): string => `//# sourceURL=${OWN}${name}`;

/** Whether an address is that of an injected script, or a line of a stack is in one. */
export const isOwnScript = (text: string): boolean => text.includes(OWN);

/** Schemes by which a script may pass for a file, a page or a script of somebody else. */
const TAKEN = /^(?:https?|file|data|blob|about|ui|sandglass):/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** The name that a script gave itself, where it cannot be taken for another's, as `webpack://app/src/a.js`; else none. */
export const nameToShow = (name: string): string => (SCHEME.test(name) && !TAKEN.test(name) ? name : "");
