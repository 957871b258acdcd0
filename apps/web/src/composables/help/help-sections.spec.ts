// @vitest-environment node
import { expect, it } from 'vitest';
import { answerAddress, helpPages, helpSections } from './help-sections';

it('gives each help answer an address on one page', () => {
  expect(Object.values(helpPages).sort()).toEqual(Object.keys(helpSections).sort());
  for (const topic of Object.values(helpSections).flat())
    expect(answerAddress(topic)).toMatchObject({ name: 'help-page', hash: `#${topic}` });
  expect(answerAddress('code-non-recu')!.params).toEqual({ page: 'codes' });
  expect(answerAddress('elsewhere')).toBeUndefined();
});
