/** A function that keeps its last answers, `most` of them at a time; past that it begins anew. */
export function remembering<T extends object | string | null>(
  most: number,
  answer: (key: string) => T,
): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = answer(key);
      if (known.size > most) known.clear();
      known.set(key, value);
    }
    return value;
  };
}
