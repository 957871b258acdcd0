// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { flat, messagesOf, under } from '../../../test/messages';
import { helpSections } from './help-sections';
import { helpTopic } from './help-topic';

const NO_CODES = ['help', 'faulty', 'retryIn', 'retryNow', 'reference'];
/** The refusals for which the pages have a sentence, by code. */
const refusals = ['common', 'problems', 'my-account', 'administration']
  .flatMap((namespace) => flat(under(messagesOf('fr', namespace), 'problems')))
  .map(([code]) => code)
  .filter((code) => !NO_CODES.includes(code));
const topics = Object.values(helpSections).flat();

describe('help', () => {
  it('leads from most refusals to an answer that exists', () => {
    const found = refusals.map(helpTopic).filter((topic) => topic !== undefined);
    expect(found.length).toBeGreaterThan(25);
    for (const topic of found) expect(topics).toContain(topic);
  });

  it.each([
    'validation.failed',
    'not-found',
    'account.taken',
    'precondition.failed',
    'unreachable',
    'internal',
  ])('is not offered for %s, whose sentence says what to do', (code) =>
    expect(helpTopic(code)).toBeUndefined(),
  );

  it('has a text and a place for each answer', () => {
    expect(Object.keys(under(messagesOf('fr', 'help'), 'help.topics')).sort()).toEqual([...topics].sort());
  });
});
