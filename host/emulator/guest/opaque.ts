/**
 * Takes from the widget's document what one of an opaque origin does not have. The frames keep their origin, since the
 * sandbox document writes the widget into one of them. Words of Chromium 156.
 */
import { namesOf, ownerAt, type Names } from "./wrap.ts";

const LACKS = "sandboxed and lacks the 'allow-same-origin' flag.";
const DOCUMENT_LACKS = `The document is ${LACKS}`;
const CONTEXT_LACKS = `because the context is ${LACKS}`;
const NO_DATABASE = "access to the Indexed Database API is denied in this context.";

interface Refused {
  /** Path of the owner from the global object; absent: that object itself. */
  readonly owner?: string;
  readonly name: string;
  readonly read?: string;
  readonly written?: string;
  readonly called?: string;
}

const REFUSED: readonly Refused[] = [
  ...["localStorage", "sessionStorage"].map((name) => ({
    name,
    read: `Failed to read the '${name}' property from 'Window': ${DOCUMENT_LACKS}`,
  })),
  {
    owner: "Document.prototype",
    name: "cookie",
    read: `Failed to read the 'cookie' property from 'Document': ${DOCUMENT_LACKS}`,
    written: `Failed to set the 'cookie' property on 'Document': ${DOCUMENT_LACKS}`,
  },
  {
    name: "caches",
    read: `Failed to read the 'caches' property from 'Window': Cache storage is disabled ${CONTEXT_LACKS}`,
  },
  {
    owner: "Navigator.prototype",
    name: "serviceWorker",
    read: `Failed to read the 'serviceWorker' property from 'Navigator': Service worker is disabled ${CONTEXT_LACKS}`,
  },
  ...["open", "deleteDatabase"].map((name) => ({
    owner: "IDBFactory.prototype",
    name,
    called: `Failed to execute '${name}' on 'IDBFactory': ${NO_DATABASE}`,
  })),
];

/** @param scope the widget's global object */
export function makeOpaque(scope: object): void {
  const names = namesOf(scope) ?? {};
  for (const one of REFUSED) refuse(ownerAt(one.owner, names), one);
  for (const [name, value] of [
    ["origin", "null"],
    ["frameElement", null],
  ] as const)
    Object.defineProperty(scope, name, { value, configurable: true, enumerable: true, writable: true });
}

function refuse(owner: Names | null, { name, read, written, called }: Refused): void {
  if (owner === null || !(name in owner)) return;
  const { enumerable = true } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
  const access = { get: thrower(read ?? ""), ...(written === undefined ? {} : { set: thrower(written) }) };
  const descriptor = called === undefined ? access : { value: thrower(called), writable: true };
  Object.defineProperty(owner, name, { configurable: true, enumerable, ...descriptor });
}

// Kept before the widget can replace it.
const OwnException = DOMException;

const thrower = (message: string) => (): never => {
  throw new OwnException(message, "SecurityError");
};
