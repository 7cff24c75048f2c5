import { expect, it } from "vitest";
import { Turns } from "../../../harness/lib/turns.ts";

it("so many at a time, in order, and a failure frees its place", async () => {
  const turns = new Turns(2);
  const log: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) =>
    turns
      .run(
        () =>
          new Promise<void>((resolve, reject) => {
            log.push(name);
            ends.set(name, (error) => (error ? reject(error) : resolve()));
          }),
      )
      .catch((error: unknown) => log.push(String(error)));
  const all = ["a", "b", "c", "d"].map(work);
  await Promise.resolve();
  expect(log).toEqual(["a", "b"]);
  ends.get("b")?.(new Error("b failed"));
  await all[1];
  await Promise.resolve();
  expect(log).toEqual(["a", "b", "c", "Error: b failed"]);
  ends.get("a")?.();
  await all[0];
  expect(log.at(-1)).toBe("d");
  ends.get("c")?.();
  ends.get("d")?.();
  await Promise.all(all);
});
