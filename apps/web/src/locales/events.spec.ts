// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalActs } from '../features/administration/journal-acts';
import { eventsEn } from './events.en';
import { eventsFr } from './events.fr';
import { journalEn } from './journal.en';
import { journalDataEn } from './journal-data.en';
import { journalDataFr } from './journal-data.fr';
import { journalFr } from './journal.fr';

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

function pathsOf(texts: object): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [key] : pathsOf(text as object).map((path) => `${key}.${path}`),
  );
}

describe('the journal', () => {
  it('has a sentence in both languages for everything that can happen', () => {
    const names = words('EVENT_NAMES');
    expect(names.length).toBeGreaterThan(40);
    expect(Object.keys(eventsFr.events.names).sort()).toEqual([...names, 'other'].sort());
    expect(Object.keys(eventsEn.events.names)).toEqual(Object.keys(eventsFr.events.names));
  });

  it('has a sentence in both languages for every reason', () => {
    const reasons = words('REASONS');
    expect(reasons.length).toBeGreaterThan(40);
    expect(Object.keys(journalFr.journal.reasons)).toEqual(reasons);
    expect(Object.keys(journalEn.journal.reasons)).toEqual(reasons);
  });

  it('has a word in both languages for what else a line says', () => {
    const names = words('DATA_NAMES');
    expect(names.length).toBeGreaterThan(40);
    expect(Object.keys(journalDataFr.names)).toEqual(names);
    expect(Object.keys(journalDataEn.names)).toEqual(names);
  });

  it('has a text in both languages for each word that this can be', () => {
    const said = dataWords();
    expect(said.length).toBeGreaterThan(60);
    // The roles are no words of the journal's own.
    const { roles: _rolesFr, ...french } = journalDataFr.words;
    const { roles: _rolesEn, ...english } = journalDataEn.words;
    expect(pathsOf(french)).toEqual(said);
    expect(pathsOf(english)).toEqual(said);
  });

  it('offers every name in its filter, each under one subject, at most 20 in one', () => {
    const offered = Object.values(journalActs).flat();
    const named = Object.keys(eventsFr.events.names).filter((name) => name !== 'other');
    expect([...offered].sort()).toEqual(named.sort());
    for (const names of Object.values(journalActs)) expect(names.length).toBeLessThanOrEqual(20);
  });
});
