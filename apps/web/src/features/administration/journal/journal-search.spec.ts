import { describe, expect, it } from 'vitest';
import { addressOf, filterOf, type JournalQuestion, nothing, questionOf } from './journal-search';

const NOON = Date.parse('2026-11-24T11:00:00.000Z');
const question = (changes: Partial<JournalQuestion> = {}): JournalQuestion => ({ ...nothing, ...changes });
const asked = (changes: Partial<JournalQuestion>) =>
  JSON.parse(JSON.stringify(filterOf(question(changes), NOON)));

describe('the filter of the journal', () => {
  it('asks for everything when nothing is chosen', () => {
    expect(asked({})).toEqual({});
  });

  it('filters by a person as subject, or as author', () => {
    const person = 'a1';
    expect(asked({ person })).toEqual({ account: 'a1' });
    expect(asked({ person, part: 'actor' })).toEqual({ actor: 'a1' });
  });

  it('takes one act, or a subject as all of its acts', () => {
    expect(asked({ act: 'authz_fail' })).toEqual({ name: ['authz_fail'] });
    expect(asked({ act: 'subject:structures' })).toEqual({
      name: ['policy_changed', 'structure_created', 'structure_updated'],
    });
  });

  it('counts days by Paris, both included, over the change of the hour', () => {
    expect(asked({ period: 'dates', from: '2026-10-25', to: '2026-10-25' })).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
    expect(asked({ period: 'dates', from: 'tomorrow', to: '2026-02-' })).toEqual({});
  });

  it('counts its days back from today in Paris, so that a saved view stays true', () => {
    expect(asked({ period: '1' })).toEqual({ from: '2026-11-23T23:00:00.000Z' });
    expect(asked({ period: '7' })).toEqual({ from: '2026-11-17T23:00:00.000Z' });
  });

  it('knows last week from its Monday on, and last month, over the change of the hour', () => {
    expect(asked({ period: 'last-week' })).toEqual({
      from: '2026-11-15T23:00:00.000Z',
      to: '2026-11-22T23:00:00.000Z',
    });
    expect(asked({ period: 'last-month' })).toEqual({
      from: '2026-09-30T22:00:00.000Z',
      to: '2026-10-31T23:00:00.000Z',
    });
    const onSunday = Date.parse('2027-01-03T12:00:00.000Z');
    expect(filterOf(question({ period: 'last-week' }), onSunday).from).toBe('2026-12-20T23:00:00.000Z');
    expect(filterOf(question({ period: 'last-month' }), onSunday).from).toBe('2026-11-30T23:00:00.000Z');
  });

  it('matches the address, by ids and without names', () => {
    const chosen = question({ person: 'a1', act: 'subject:codes', outcome: 'FAILURE', period: '7' });
    expect(addressOf(chosen)).toEqual({
      person: 'a1',
      act: 'subject:codes',
      outcome: 'FAILURE',
      period: '7',
    });
    expect(questionOf(addressOf(chosen))).toEqual(chosen);
  });

  it('treats invalid values of the address as absent', () => {
    expect(
      asked(questionOf({ act: 'subject:constructor', outcome: 'MAYBE', period: '9', part: 'none' })),
    ).toEqual({});
    expect(questionOf({ person: ['a1', 'a2'], other: 'x' })).toEqual(nothing);
  });
});
