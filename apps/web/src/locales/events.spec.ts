// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalActs } from '../features/administration/journal-acts';
import { eventsEn } from './events.en';
import { eventsFr } from './events.fr';
import { journalEn } from './journal.en';
import { journalFr } from './journal.fr';

/** Of these words alone the API can write: its compiler holds it to them. */
const VOCABULARY = readFileSync(join(__dirname, '../../../../libs/audit/src/vocabulary.ts'), 'utf8');

function words(list: string): string[] {
  const [, body] = new RegExp(`const ${list} = \\[(.*?)\\] as const`, 's').exec(VOCABULARY)!;
  return [...body!.matchAll(/'([a-z_-]+)'/g)].map((match) => match[1]!);
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

  it('offers every name in its filter, each under one subject, at most 20 in one', () => {
    const offered = Object.values(journalActs).flat();
    const named = Object.keys(eventsFr.events.names).filter((name) => name !== 'other');
    expect([...offered].sort()).toEqual(named.sort());
    for (const names of Object.values(journalActs)) expect(names.length).toBeLessThanOrEqual(20);
  });
});
