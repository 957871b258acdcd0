// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { flat, messagesOf, under } from '../../../test/messages';
import { helpSections } from './help-sections';
import { helpTopic } from './help-topic';

const NO_CODES = ['help', 'faulty', 'retryIn', 'retryNow', 'reference'];
/** The refusals for which the pages have a sentence, by code. */
const refusals = ['common', 'my-account', 'administration']
  .flatMap((namespace) => flat(under(messagesOf('fr', namespace), 'problems')))
  .map(([code]) => code)
  .filter((code) => !NO_CODES.includes(code));
const topics = Object.values(helpSections).flat();

describe('help', () => {
  it('answers every refusal', () => {
    expect(refusals.length).toBeGreaterThan(30);
    for (const code of refusals) expect(topics).toContain(helpTopic(code));
  });

  it('counts only unexpected refusals as faults of the service', () => {
    const faults = refusals.filter((code) => helpTopic(code) === 'service');
    expect(faults.sort()).toEqual([
      'internal',
      'means.unavailable',
      'offline',
      'service.busy',
      'unreachable',
    ]);
  });

  it('has a text and a place for each answer', () => {
    expect(Object.keys(under(messagesOf('fr', 'help'), 'help.topics')).sort()).toEqual([...topics].sort());
  });
});
