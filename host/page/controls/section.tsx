import type { ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";

export function Section({
  title,
  open = false,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className="section" open={open}>
      <summary>
        <h2>{title}</h2>
        <Icon name="chevron" size={14} />
      </summary>
      <div className="section__body">{children}</div>
    </details>
  );
}
