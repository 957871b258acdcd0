import { describe, expect, inject, it } from 'vitest';
import { LIBS, problemsOf } from './packages.mjs';

describe('every lib, as a foreign project gets it', () => {
  it.each(LIBS)(
    '%s holds what belongs in a package and nothing more, and plain Node loads it',
    async (lib) => {
      expect(await problemsOf(lib, inject('packages'))).toEqual([]);
    },
  );
});
