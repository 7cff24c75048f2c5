/** The loaded shapes of `harness/model` and what the schemas take cannot drift apart: a difference does not compile. */
import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { scenarioSchema } from "../../../harness/config/scenario.ts";
import type { configSchema } from "../../../harness/config/schema.ts";
import type { LoadedConfig, SandglassConfig, ScenarioConfig } from "../../../harness/config/types.ts";
import type { JudgeOptions } from "../../../harness/judge/judge.ts";
import type { Limits } from "../../../harness/model/limits.ts";
import type { Mock, ScenarioContext, Step } from "../../../harness/model/widget.ts";

/** As a schema takes it, also from constants. */
type Written<T> = T extends object ? { readonly [K in keyof T]: Written<T[K]> } : T;
type Item<T> = T extends readonly (infer One)[] ? One : never;

test("a scenario is what its schema takes, and what sources add", () => {
  expectTypeOf<ScenarioConfig>().toEqualTypeOf<Written<z.input<typeof scenarioSchema>>>();
  expectTypeOf<Mock>().toEqualTypeOf<Item<NonNullable<ScenarioConfig["mocks"]>>>();
  expectTypeOf<Step>().toEqualTypeOf<Item<NonNullable<ScenarioConfig["steps"]>>>();
  expectTypeOf<ScenarioContext>().toEqualTypeOf<NonNullable<ScenarioConfig["context"]>>();
});

test("a config is what its schema takes", () => {
  expectTypeOf<SandglassConfig>().toEqualTypeOf<Written<z.input<typeof configSchema>>>();
});

test("every limit can be configured", () => {
  expectTypeOf<Partial<Limits>>().toEqualTypeOf<NonNullable<SandglassConfig["limits"]>>();
});

test("the judge takes what a config says", () => {
  expectTypeOf<LoadedConfig["checks"]>().toExtend<NonNullable<JudgeOptions["severities"]>>();
  expectTypeOf<LoadedConfig["allow"]>().toExtend<NonNullable<JudgeOptions["allow"]>>();
});

test("a config may be made of constants", () => {
  expectTypeOf<{ readonly targets: readonly ["widgets"]; readonly failOn: "warning" }>().toExtend<SandglassConfig>();
  // @ts-expect-error a field that no schema knows
  ({ profils: [] }) satisfies SandglassConfig;
});
