/** What holds when neither the command line nor the config says otherwise; limits stand in `limits.ts`. */
export const DEFAULTS = {
  profile: "chatgpt",
  failOn: "error",
  personalData: true,
  allowCalls: false,
  allowBuild: false,
  network: "off",
  /** Two renderings at a time keep two cores busy; more make each slower and its timing less sure. */
  workers: 2,
  /** Of the developer page; the next free one when it is taken. */
  port: 4400,
  /** Of the probe's server. */
  probePort: 4410,
} as const;

/** What a build of the user's own may take, ms. */
export const BUILD_LIMIT_MS = 120_000;
