import { expect, it, vi } from "vitest";
import { z } from "zod";
import { lazySchema } from "../../../host/emulator/bridge/lazy-schema.ts";

it("is built when it is first looked at, and once", () => {
  const build = vi.fn(() => z.object({ name: z.string() }));
  const schema = lazySchema(build);
  expect(build).not.toHaveBeenCalled();
  expect(schema.parse({ name: "a" })).toEqual({ name: "a" });
  expect(schema.safeParse({ name: 1 }).success).toBe(false);
  expect(build).toHaveBeenCalledTimes(1);
});

it("stands for its schema wherever zod takes one", () => {
  const name = lazySchema(() => z.string().min(1));
  const one = lazySchema(() => z.object({ kind: z.literal("one"), name }));
  const two = lazySchema(() => one.extend({ kind: z.literal("two"), more: name.optional() }));
  const either = lazySchema(() => z.discriminatedUnion("kind", [one, two]));
  expect(one instanceof z.ZodObject).toBe(true);
  expect(one.shape.kind.value).toBe("one");
  expect(
    z.array(either).parse([
      { kind: "one", name: "a" },
      { kind: "two", name: "b" },
    ]),
  ).toHaveLength(2);
  expect(either.safeParse({ kind: "two", name: "" }).error?.issues[0]?.path).toEqual(["name"]);
});
