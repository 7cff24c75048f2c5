/** With `SANDGLASS_LONG=1` (`npm run test:long`) everything is tried; a whole run takes a part of what is many of a kind. */
export const isLong = Boolean(process.env.SANDGLASS_LONG);
