/** What is done with a log when a rendering is over. */

/** What is done with a log: it is large, and loaded while the browser works. */
export async function joiner() {
  const [{ collect, scannablesOf }, { seal, sealedSource }, { evidenceOf, entryIn }] = await Promise.all([
    import("./collect.ts"),
    import("./seal.ts"),
    import("../artifacts/index.ts"),
  ]);
  return { collect, scannablesOf, seal, sealedSource, evidenceOf, entryIn };
}
