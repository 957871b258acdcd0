// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flat, messagesOf, under } from '../../test/messages';
import { journalActs } from '../features/administration/journal-acts';

/** Of these words alone the API can write: its compiler holds it to them. */
const VOCABULARY = readFileSync(join(__dirname, '../../../../libs/audit/src/vocabulary.ts'), 'utf8');

function words(list: string): string[] {
  const [, body] = new RegExp(`const ${list} = \\[(.*?)\\] as const`, 's').exec(VOCABULARY)!;
  return [...body!.matchAll(/'([A-Za-z_-]+)'/g)].map((match) => match[1]!);
}

/** `fields.email`, `act.accounts.read`: each word under what it is said of. */
function dataWords(): string[] {
  const [, body] = /const DATA_WORDS = \{(.*?)\} as const/s.exec(VOCABULARY)!;
  return [...body!.matchAll(/(\w+): \[(.*?)\]/gs)].flatMap(([, name, list]) =>
    [...list!.matchAll(/'([\w.-]+)'/g)].map(([, word]) => `${name}.${word}`),
  );
}

const keysOf = (locale: 'fr' | 'en', file: string, path: string) =>
  Object.keys(under(messagesOf(locale, file), path));

describe('the journal', () => {
  it('has a sentence in both languages for everything that can happen', () => {
    const names = words('EVENT_NAMES');
    expect(names.length).toBeGreaterThan(40);
    expect(keysOf('fr', 'events', 'events.names').sort()).toEqual([...names, 'other'].sort());
    expect(keysOf('en', 'events', 'events.names')).toEqual(keysOf('fr', 'events', 'events.names'));
  });

  it('has a sentence in both languages for every reason', () => {
    const reasons = words('REASONS');
    expect(reasons.length).toBeGreaterThan(40);
    expect(keysOf('fr', 'journal', 'journal.reasons')).toEqual(reasons);
    expect(keysOf('en', 'journal', 'journal.reasons')).toEqual(reasons);
  });

  it('has a word in both languages for what else a line says', () => {
    const names = words('DATA_NAMES');
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
      expect(words.filter((key) => !key.startsWith('roles.'))).toEqual(said);
    }
  });

  it('offers every name in its filter, each under one subject, at most 20 in one', () => {
    const offered = Object.values(journalActs).flat();
    const named = keysOf('fr', 'events', 'events.names').filter((name) => name !== 'other');
    expect([...offered].sort()).toEqual(named.sort());
    for (const names of Object.values(journalActs)) expect(names.length).toBeLessThanOrEqual(20);
  });
});
