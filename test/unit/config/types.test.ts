/** The loaded shapes of `harness/model` and what the schemas take cannot drift apart: a difference does not compile. */
import { expectTypeOf, test } from "vitest";
import type { LoadedConfig, SandglassConfig, ScenarioConfig } from "../../../harness/config/types.ts";
import type { JudgeOptions } from "../../../harness/judge/judge.ts";
import type { Limits } from "../../../harness/model/limits.ts";
import type { Mock, Scenario, ScenarioContext, Step } from "../../../harness/model/widget.ts";

type MadeByUs = "name" | "inventedArguments" | "inventedResult" | "noResult";
type Item<T> = T extends readonly (infer One)[] ? One : never;

test("a scenario is what its schema takes, and what sources add", () => {
  expectTypeOf<Omit<Scenario, MadeByUs>>().toEqualTypeOf<ScenarioConfig>();
  expectTypeOf<Mock>().toEqualTypeOf<Item<NonNullable<ScenarioConfig["mocks"]>>>();
  expectTypeOf<Step>().toEqualTypeOf<Item<NonNullable<ScenarioConfig["steps"]>>>();
  expectTypeOf<ScenarioContext>().toEqualTypeOf<NonNullable<ScenarioConfig["context"]>>();
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
