import { queryDay, queryInstant, queryWords } from './query';

const REFUSED = expect.objectContaining({ code: 'validation.failed' });
const refusalOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('times in a query', () => {
  it('are instants with their offset', () => {
    expect(queryInstant('from', '2026-11-24T10:00:00+01:00')).toEqual(new Date('2026-11-24T09:00:00Z'));
    expect(queryInstant('from', '2026-11-24T10:00Z')).toEqual(new Date('2026-11-24T10:00:00Z'));
    expect(queryInstant('from', undefined)).toBeUndefined();
  });

  it.each([
    'now',
    '2026-11-24',
    '2026-11-24T10:00:00',
    '2026-13-01T10:00:00Z',
    '-000001-01-01T00:00:00Z',
    '1e9',
  ])('are not %s', (text) => expect(refusalOf(() => queryInstant('from', text))).toEqual(REFUSED));

  it('are days that the calendar has', () => {
    expect(queryDay('from', '2024-02-29')).toBe('2024-02-29');
    for (const text of ['2026-02-29', '2026-2-1', '2026-11-31', 'today', ['2026-01-01', '2026-01-02']])
      expect(refusalOf(() => queryDay('from', text))).toEqual(REFUSED);
  });
});

describe('words in a query', () => {
  it('are repeated or separated by commas, each once', () => {
    expect(queryWords('name', ['a,b', 'a'], 20)).toEqual(['a', 'b']);
    expect(queryWords('name', undefined, 20)).toBeUndefined();
    expect(queryWords('name', '', 20)).toBeUndefined();
  });

  it.each([
    [["a'b"]],
    [[{ $ne: 'x' }]],
    ['a b'],
    ['x'.repeat(65)],
    [Array.from({ length: 21 }, (_, at) => `n${at}`)],
  ])('are not %j', (value) => expect(refusalOf(() => queryWords('name', value, 20))).toEqual(REFUSED));
});
