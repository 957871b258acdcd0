import { describe, expect, it } from 'vitest';
import { filterOf, type JournalQuestion } from './journal-search';

const question = (changes: Partial<JournalQuestion> = {}): JournalQuestion => ({
  person: null,
  part: 'account',
  act: '',
  outcome: '',
  structure: null,
  from: '',
  to: '',
  ...changes,
});
const asked = (changes: Partial<JournalQuestion>) => JSON.parse(JSON.stringify(filterOf(question(changes))));

describe('the filter of the journal', () => {
  it('asks for everything when nothing is chosen', () => {
    expect(asked({})).toEqual({});
  });

  it('takes a person as whom it concerns, or as who did it', () => {
    const person = { id: 'a1', name: 'Claire Martin' };
    expect(asked({ person })).toEqual({ account: 'a1' });
    expect(asked({ person, part: 'actor' })).toEqual({ actor: 'a1' });
  });

  it('takes one act, or a subject as all of its acts', () => {
    expect(asked({ act: 'authz_fail' })).toEqual({ name: ['authz_fail'] });
    expect(asked({ act: 'subject:structures' })).toEqual({
      name: ['structure_created', 'structure_updated', 'policy_changed'],
    });
  });

  it('counts days by Paris, both included, over the change of the hour', () => {
    expect(asked({ from: '2026-10-25', to: '2026-10-25' })).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
    expect(asked({ from: 'tomorrow', to: '2026-02-' })).toEqual({});
  });
});
