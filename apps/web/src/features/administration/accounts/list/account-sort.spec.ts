import { describe, expect, it } from 'vitest';
import { directionOf, sortAfter } from './account-sort';

describe('the name of a column', () => {
  it('sorts by it, then the other way round; dates begin with the latest', () => {
    expect(sortAfter('entry', 'displayName')).toBe('status');
    expect(sortAfter('entry', 'status')).toBe('-status');
    expect(sortAfter('entry', '-status')).toBe('status');
    expect(sortAfter('lastSignedInAt', '')).toBe('-lastSignedInAt');
    expect(sortAfter('lastSignedInAt', '-lastSignedInAt')).toBe('lastSignedInAt');
  });

  it('shows the present order of the list', () => {
    expect(directionOf('name', 'displayName')).toBe('ascending');
    expect(directionOf('createdAt', '-createdAt')).toBe('descending');
    expect(directionOf('createdAt', 'status')).toBe('none');
  });

  it('is a name alone where the list cannot be sorted', () => {
    expect(directionOf('roles', 'status')).toBeUndefined();
  });
});
