import { HOUR, MINUTE } from '@portillon/kernel';
import { AccessOptions, resolveAccessOptions } from './access.options';

const resolved = (chosen: Partial<AccessOptions> = {}) =>
  resolveAccessOptions({ publicUrl: 'http://portillon.test', ...chosen });

describe('options of a deployment for access', () => {
  it('is the strict side where it chooses nothing', () => {
    expect(resolved()).toEqual({
      publicUrl: 'http://portillon.test',
      codeWindowMs: 24 * HOUR,
      codeWindowScope: 'browser',
      freshMs: 5 * MINUTE,
      administratorsNeedStrongMeans: false,
      recoveryCodes: false,
      otherMeans: [],
    });
  });

  it('is no code that holds longer than a day', () => {
    for (const codeWindowMs of [0, 24 * HOUR])
      expect(resolved({ codeWindowMs })).toMatchObject({ codeWindowMs });
    for (const codeWindowMs of [-1, 24 * HOUR + 1, Number.NaN])
      expect(() => resolved({ codeWindowMs })).toThrow(/AccessModule.*codeWindowMs/);
  });

  it('is no proof that is fresh for more than a quarter of an hour, nor for less than a minute', () => {
    for (const freshMs of [MINUTE, 15 * MINUTE]) expect(resolved({ freshMs })).toMatchObject({ freshMs });
    for (const freshMs of [MINUTE - 1, 15 * MINUTE + 1, Number.NaN])
      expect(() => resolved({ freshMs })).toThrow(/freshMs/);
  });
});
