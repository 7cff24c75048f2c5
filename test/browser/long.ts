/** With `SANDGLASS_LONG=1` (`npm run test:long`) everything is tried; a whole run takes a part of what is many of a kind. */
export const isLong = Boolean(process.env.SANDGLASS_LONG);

/** Each `nth` of what is many of a kind; all of it in a long run. @param always is taken in any case */
export const partOf = <T>(all: readonly T[], nth: number, always: (one: T) => boolean = () => false): readonly T[] =>
  all.filter((one, index) => isLong || index % nth === 0 || always(one));
