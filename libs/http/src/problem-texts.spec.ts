import { ERROR_CODES } from '@portillon/kernel';
import { englishFields } from './problem-texts.en';
import { frenchFields } from './problem-texts.fr';
import { problemText } from './problem-texts';

describe('every failure', () => {
  it.each(ERROR_CODES)('%s has a sentence in French and in English', (code) => {
    const [french, english] = [problemText(code, 'fr'), problemText(code, 'en')];
    for (const text of [french, english]) expect(text.detail).toMatch(/[.!]$/);
    expect(french.detail).not.toBe(english.detail);
  });

  it('of a field has both languages too', () => {
    expect(Object.keys(frenchFields)).toEqual(Object.keys(englishFields));
  });
});
