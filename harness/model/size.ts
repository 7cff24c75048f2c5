/** How much a value holds, told without writing it out: what is past a limit is not looked at. */

/** What a value takes in JSON beside its text, characters: brackets, commas, a number. */
const OF_A_VALUE = 4;

/** @param most characters, about as many as in its JSON */
export function isLargerThan(value: unknown, most: number): boolean {
  const open: unknown[] = [value];
  let size = 0;
  while (open.length > 0) {
    const one = open.pop();
    size += OF_A_VALUE;
    if (typeof one === "string") size += one.length;
    else if (typeof one === "object" && one !== null)
      for (const [key, child] of Object.entries(one)) {
        size += Array.isArray(one) ? 0 : key.length + OF_A_VALUE;
        open.push(child);
      }
    if (size > most) return true;
  }
  return false;
}
