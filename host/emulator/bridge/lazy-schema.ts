/** A schema that is built when it is first looked at: `tsdown.config.ts` wraps those of the MCP packages so. */
export function lazySchema<T extends object>(build: () => T): T {
  let built: T | undefined;
  const schema = (): T => (built ??= build());
  return new Proxy({} as T, {
    get: (_target, name) => Reflect.get(schema(), name) as unknown,
    set: (_target, name, value) => Reflect.set(schema(), name, value),
    has: (_target, name) => Reflect.has(schema(), name),
    getPrototypeOf: () => Reflect.getPrototypeOf(schema()),
  });
}
