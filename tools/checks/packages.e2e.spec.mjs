import { describe, expect, inject, it } from 'vitest';
import { PUBLISHED, problemsOf } from './packages.mjs';

describe('every published lib, as a foreign project gets it', () => {
  it.each(PUBLISHED)(
    '%s holds what belongs in a package and nothing more, and plain Node loads it',
    async (lib) => {
      expect(await problemsOf(lib, inject('packages'))).toEqual([]);
    },
  );
});
