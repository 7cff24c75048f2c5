/** Keeps a part of the page that fails from taking the rest with it. */
import { Component, type ReactNode } from "react";
import { Icon } from "./icon.tsx";

interface BoundaryProps {
  /** What failed, as the message calls it. */
  readonly label: string;
  /** Shown instead of the message, where there is no room for one. */
  readonly fallback?: ReactNode;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failure: string | null;
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override state: BoundaryState = { failure: null };

  readonly #retry = (): void => this.setState({ failure: null });

  override render(): ReactNode {
    const { label, fallback, children } = this.props;
    const { failure } = this.state;
    if (failure === null) return children;
    if (fallback !== undefined) return fallback;
    return (
      <section className="problem" role="alert">
        <h3>
          <Icon name="warn" size={18} /> {label} could not be shown
        </h3>
        <pre tabIndex={0}>{failure}</pre>
        <p>This is a fault of Sandglass; the rest of the page goes on.</p>
        <button type="button" className="button button--small" onClick={this.#retry}>
          Try again
        </button>
      </section>
    );
  }
}
