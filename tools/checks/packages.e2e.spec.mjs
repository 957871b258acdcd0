import { beforeAll, describe, expect, it } from 'vitest';
import { buildLibs, LIBS, packed, problemsOf } from './packages.mjs';

describe('every lib, as a foreign project gets it', () => {
  let packages;
  beforeAll(async () => {
    await buildLibs();
    packages = await packed();
  });

  it.each(LIBS)(
    '%s holds what belongs in a package and nothing more, and plain Node loads it',
    async (lib) => {
      expect(await problemsOf(lib, packages)).toEqual([]);
    },
  );
});
