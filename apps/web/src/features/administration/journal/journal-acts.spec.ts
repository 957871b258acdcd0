// @vitest-environment node
import { expect, it } from 'vitest';
import { journalActs } from './journal-acts';

it('has a heading for every event, and at most 20 events for each, as the API requires', () => {
  for (const [subject, names] of Object.entries(journalActs)) {
    expect([subject, names.length]).toEqual([subject, expect.toSatisfy((count) => count > 0 && count <= 20)]);
  }
});
