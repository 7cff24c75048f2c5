/** JSON as a tree of text. Strings come from widgets and servers: React renders them as text and nothing else. */
import { useState } from "react";
import { Icon } from "./icon.tsx";

export interface Mark {
  readonly tone: "secret" | "unread" | "walked";
  readonly label: string;
  /** Shown in place of the value. */
  readonly masked?: string;
}

export interface JsonTreeProps {
  readonly value: unknown;
  readonly name?: string;
  /** `$.a.b[0]`, as checks name places. */
  readonly path?: string;
  readonly marks?: ReadonlyMap<string, Mark>;
  readonly openDepth?: number;
  /** Paths to show, with those above them; absent: all. */
  readonly only?: ReadonlySet<string>;
}

const CHILD_LIMIT = 200;
const TEXT_LIMIT = 300;

export function JsonTree({ value, name, path = "$", marks, openDepth = 2, only }: JsonTreeProps) {
  return (
    <div className="tree">
      <Branch
        value={value}
        name={name ?? ""}
        path={path}
        marks={marks ?? new Map()}
        depth={0}
        openDepth={only ? Infinity : openDepth}
        {...(only ? { only } : {})}
      />
    </div>
  );
}

interface BranchProps {
  readonly value: unknown;
  readonly name: string;
  readonly path: string;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly depth: number;
  readonly openDepth: number;
  readonly only?: ReadonlySet<string>;
}

function Branch({ value, name, path, marks, depth, openDepth, only }: BranchProps) {
  const [open, setOpen] = useState(depth < openDepth);
  const mark = marks.get(path);
  const label = name === "" ? null : <span className="tree__key">{name}</span>;
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0 || mark?.masked) {
    return (
      <div className={`tree__leaf${mark ? ` tree__leaf--${mark.tone}` : ""}`}>
        {label}
        <span className={`tree__value tree__value--${typeName(value)}`}>{mark?.masked ?? leafText(value)}</span>
        {mark ? <span className="tree__mark">{mark.label}</span> : null}
      </div>
    );
  }
  const isList = Array.isArray(value);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value).filter(
    ([key]) => !only || only.has(childPath(path, key, isList)),
  );
  return (
    <div className="tree__branch">
      <button type="button" className="tree__toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="chevron" size={12} />
        {label}
        <span className="tree__size">
          {entries.length} {isList ? "item" : "field"}
          {entries.length === 1 ? "" : "s"}
        </span>
      </button>
      {open ? (
        <div className="tree__children">
          {entries.slice(0, CHILD_LIMIT).map(([key, child]) => (
            <Branch
              key={key}
              value={child}
              name={key}
              path={childPath(path, key, isList)}
              marks={marks}
              depth={depth + 1}
              openDepth={openDepth}
              {...(only ? { only } : {})}
            />
          ))}
          {entries.length > CHILD_LIMIT ? (
            <div className="tree__more">{entries.length - CHILD_LIMIT} more, not shown</div>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function childPath(path: string, key: string, isList: boolean): string {
  return isList ? `${path}[${key}]` : `${path}.${key}`;
}

/** Leaves for which `keep` holds, how many there are in all, and every path on the way to a kept one. */
export function leavesOf(
  value: unknown,
  keep: (path: string, value: unknown) => boolean,
): { readonly kept: number; readonly total: number; readonly only: ReadonlySet<string> } {
  const only = new Set<string>();
  let [kept, total] = [0, 0];
  const walk = (one: unknown, path: string, above: readonly string[]): void => {
    const way = [...above, path];
    if (typeof one === "object" && one !== null && Object.keys(one).length > 0) {
      for (const [key, child] of Object.entries(one)) walk(child, childPath(path, key, Array.isArray(one)), way);
      return;
    }
    total++;
    if (!keep(path, one)) return;
    kept++;
    for (const step of way) only.add(step);
  };
  walk(value, "$", []);
  return { kept, total, only };
}

function leafText(value: unknown): string {
  if (value === undefined) return "undefined";
  const text = JSON.stringify(value);
  return text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT)}… (${text.length} characters)`;
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? "empty" : typeof value;
}
