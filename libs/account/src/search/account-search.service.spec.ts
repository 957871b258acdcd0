import { endlessTexts, processorMs } from '@portillon/testing';
import { typedTerms } from './account-search.service';

describe('the typed search text', () => {
  it('is split into words, longest first, without those that begin another', () => {
    expect(typedTerms('Mar  zoé martin ZOE o')).toEqual(['martin', 'zoe', 'o']);
  });

  it('is parsed quickly, however many words there are', async () => {
    const words = Array.from({ length: 1_300 }, (_, index) => index.toString(36)).join(' ');
    for (const text of [words, ...endlessTexts(25, 30, 4_000)])
      expect(await processorMs(() => typedTerms(text))).toBeLessThan(20);
  });
});
