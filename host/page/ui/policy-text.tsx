/** A policy, one directive a line; what was declared stands out. */
import { Fragment } from "react";

export interface PolicyTextProps {
  readonly value: string;
  readonly label: string;
  readonly declared?: readonly string[];
}

export function PolicyText({ value, label, declared = [] }: PolicyTextProps) {
  return (
    <pre className="policy" tabIndex={0} aria-label={label}>
      {value
        .split(/;\s*/)
        .filter(Boolean)
        .map((directive, line, all) => {
          const [name, ...sources] = directive.trim().split(/\s+/);
          return (
            <span key={directive} className="policy__line">
              <strong>{name}</strong>
              {sources.map((source, index) => (
                <Fragment key={`${source} ${index}`}>
                  {" "}
                  <span className={declared.includes(source) ? "policy__declared" : undefined}>{source}</span>
                </Fragment>
              ))}
              {line < all.length - 1 ? ";" : ""}
            </span>
          );
        })}
    </pre>
  );
}
