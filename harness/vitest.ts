/** `sandglass/vitest`: assertions on what `check()` answered. */
import { expect } from "vitest";
import * as assertions from "./library/matching.ts";
import type { Address, Matched, Sent } from "./library/matching.ts";
import type { Checked } from "./library/run.ts";

export type { Address, Sent } from "./library/matching.ts";

interface SandglassMatchers<R = unknown> {
  /** Nothing fails under the host, in every widget and scenario. What was not seen throws. */
  toWorkIn(profile: string): R;
  /** The address was asked for in one of the renderings, whatever came of it. */
  toHaveRequested(address: Address): R;
  /** The host kept a widget from reaching the address. */
  toHaveBeenBlocked(address: Address): R;
  /** A widget called the tool, with at least these arguments. */
  toHaveCalledTool(name: string, args?: unknown): R;
  /** A widget wrote to the conversation a message that holds the text, or sent a message of the bridge. */
  toHaveSent(what: Sent): R;
}

declare module "vitest" {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type -- as Vitest declares it
  interface Matchers<T = any> extends SandglassMatchers<T> {}
}

expect.extend({
  toWorkIn: ({ runs }: Checked, profile: string): Matched => assertions.worksIn(runs, profile),
  toHaveRequested({ evidence }: Checked, address: Address): Matched {
    return assertions.requested(evidence, address, this.isNot);
  },
  toHaveBeenBlocked({ evidence }: Checked, address: Address): Matched {
    return assertions.blocked(evidence, address, this.isNot);
  },
  toHaveCalledTool({ evidence }: Checked, name: string, args?: unknown): Matched {
    return assertions.calledTool(evidence, name, args, this.isNot);
  },
  toHaveSent({ evidence }: Checked, what: Sent): Matched {
    return assertions.sent(evidence, what, this.isNot);
  },
});
