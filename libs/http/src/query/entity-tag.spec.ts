import { seenVersion } from './entity-tag';

describe('the version that a change says it saw', () => {
  it('is the number of the entity tag', () => {
    expect(seenVersion(' "17" ')).toBe(17);
  });

  it('is required', () => {
    expect(() => seenVersion(undefined)).toThrow('precondition.required');
  });

  it.each(['*', '17', 'W/"17"', '"17", "18"', '"-1"', '""', '"01"', '"1 "'])('is not %s', (header) => {
    expect(() => seenVersion(header)).toThrow('precondition.failed');
  });
});
