import type { Problem } from "../../server/types.ts";
import { Icon } from "./icon.tsx";

export function ProblemCard({ problem }: { readonly problem: Problem }) {
  return (
    <section className="problem" role="alert">
      <h3>
        <Icon name="warn" size={18} /> {problem.code}
      </h3>
      <pre tabIndex={0}>{problem.message}</pre>
      {problem.next ? <p>{problem.next}</p> : null}
    </section>
  );
}
