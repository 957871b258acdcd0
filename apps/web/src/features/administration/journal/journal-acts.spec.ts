// @vitest-environment node
import { expect, it } from 'vitest';
import { journalActs } from './journal-acts';

it('the filter of the journal has a heading for every event, with at most 20 events, which is what the API takes', () => {
  for (const [subject, names] of Object.entries(journalActs)) {
    expect([subject, names.length]).toEqual([subject, expect.toSatisfy((count) => count > 0 && count <= 20)]);
  }
});
