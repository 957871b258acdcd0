import { parisDay, parisTime } from './paris-time';

const FIRST = new Date(Date.UTC(2026, 10, 1, 8, 5));

describe('a time of Paris', () => {
  it('says « 1er » of the first of a month, in French alone', () => {
    expect(parisTime(FIRST, 'fr')).toBe('1er novembre 2026 à 09:05 (heure de Paris)');
    expect(parisTime(FIRST, 'en')).toBe('1 November 2026 at 09:05 (Paris time)');
  });

  it('writes a day that is near without its year', () => {
    expect(parisDay(FIRST, 'fr')).toBe('1er novembre');
    expect(parisDay(FIRST, 'en')).toBe('1 November');
  });

  it.each([11, 21, 30])('leaves the %i as it is', (day) => {
    const time = parisTime(new Date(Date.UTC(2026, 10, day, 8, 5)), 'fr');
    expect(time).toBe(`${day} novembre 2026 à 09:05 (heure de Paris)`);
  });
});
