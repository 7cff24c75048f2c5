/** The page's policy allows no code made of strings: tells zod (in the bridge's SDK) not to try. Imported first. */
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };

export {};
