// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { flat, messagesOf, under } from '../../test/messages';
import { journalActs } from '../features/administration/journal/journal-acts';

interface JournalWords {
  events?: readonly string[];
  reasons?: readonly string[];
  data?: readonly string[];
  words?: Record<string, readonly string[]>;
}

/** Of the words that the libs register the API can write, and of no other: its compiler holds it to them. */
const VOCABULARY = Object.values(
  import.meta.glob<Record<string, JournalWords>>('../../../../libs/*/src/**/*.journal.ts', { eager: true }),
).flatMap((module) => Object.values(module));

/** What codes are for, which the lines of codes say. */
const PURPOSES = Object.values(
  import.meta.glob<Record<string, object>>('../../../../libs/*/src/**/*.purposes.ts', { eager: true }),
).flatMap((module) => Object.values(module).flatMap((purposes) => Object.keys(purposes)));

const sorted = (words: string[]) => [...new Set(words)].sort();
const listed = (list: 'events' | 'reasons' | 'data') => sorted(VOCABULARY.flatMap((lib) => lib[list] ?? []));
/** `fields`, `act`: what is one of a few words. */
const wordNames = () => ['purpose', ...VOCABULARY.flatMap(({ words = {} }) => Object.keys(words))];
/** `fields.email`, `act.accounts.read`: each word under what it is said of. */
const dataWords = () =>
  sorted([
    ...PURPOSES.map((purpose) => `purpose.${purpose}`),
    ...VOCABULARY.flatMap(({ words = {} }) =>
      Object.entries(words).flatMap(([name, list]) => list.map((word) => `${name}.${word}`)),
    ),
  ]);

const keysOf = (locale: 'fr' | 'en', file: string, path: string) =>
  Object.keys(under(messagesOf(locale, file), path)).sort();

describe('the journal', () => {
  it('has a sentence in both languages for everything that can happen', () => {
    const names = listed('events');
    expect(names.length).toBeGreaterThan(40);
    expect(keysOf('fr', 'events', 'events.names')).toEqual(sorted([...names, 'other']));
    expect(keysOf('en', 'events', 'events.names')).toEqual(keysOf('fr', 'events', 'events.names'));
  });

  it('has a sentence in both languages for every reason', () => {
    const reasons = listed('reasons');
    expect(reasons.length).toBeGreaterThan(40);
    expect(keysOf('fr', 'journal', 'journal.reasons')).toEqual(reasons);
    expect(keysOf('en', 'journal', 'journal.reasons')).toEqual(reasons);
  });

  it('has a word in both languages for what else a line says', () => {
    const names = sorted([...listed('data'), ...wordNames()]);
    expect(names.length).toBeGreaterThan(40);
    expect(keysOf('fr', 'journal', 'journal.data.names')).toEqual(names);
    expect(keysOf('en', 'journal', 'journal.data.names')).toEqual(names);
  });

  it('has a text in both languages for each word that this can be', () => {
    const said = dataWords();
    expect(said.length).toBeGreaterThan(60);
    for (const locale of ['fr', 'en'] as const) {
      const words = flat(under(messagesOf(locale, 'journal'), 'journal.data.words')).map(([key]) => key);
      // The roles are no words of the journal's own.
      expect(words.filter((key) => !key.startsWith('roles.')).sort()).toEqual(said);
    }
  });

  it('offers every name in its filter, each under one subject, at most 20 in one', () => {
    const offered = Object.values(journalActs).flat();
    const named = keysOf('fr', 'events', 'events.names').filter((name) => name !== 'other');
    expect([...offered].sort()).toEqual(named.sort());
    for (const names of Object.values(journalActs)) expect(names.length).toBeLessThanOrEqual(20);
  });
});
