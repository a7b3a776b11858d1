// The page's policy forbids making code from text. Zod tries whether it may, unless it is told here, before it is loaded.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
