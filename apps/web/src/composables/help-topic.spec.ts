import { describe, expect, it } from 'vitest';
import { fr } from '../locales/fr';
import { helpFr } from '../locales/help.fr';
import { helpSections, helpTopic } from './help-topic';

interface Texts {
  [key: string]: string | Texts;
}
/** The refusals that the pages have a sentence for, by code. */
function codes(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [path + key] : codes(text, `${path}${key}.`),
  );
}
const NO_CODES = ['help', 'retryIn', 'retryNow', 'reference'];
const refusals = codes(fr.problems).filter((code) => !NO_CODES.includes(code));
const topics = Object.values(helpSections).flat();

describe('help', () => {
  it('answers every refusal', () => {
    expect(refusals.length).toBeGreaterThan(30);
    for (const code of refusals) expect(topics).toContain(helpTopic(code));
  });

  it('takes for a fault of the service only what is one', () => {
    const faults = refusals.filter((code) => helpTopic(code) === 'service');
    expect(faults.sort()).toEqual(['internal', 'means.unavailable', 'service.busy', 'unreachable']);
  });

  it('has a text for each answer, and no answer without a place', () => {
    expect(Object.keys(helpFr.help.topics).sort()).toEqual([...topics].sort());
  });
});
