import { nameKey, hasVisibleText } from './name-key';

describe('the key of a name', () => {
  it.each([
    ['Claire.Martin', 'claire.martin'],
    ['  claire.martin\n', 'claire.martin'],
    ['Ｃｌａｉｒｅ.martin', 'claire.martin'],
    ['STRASSE', 'straße'],
    ['ΟΔΟΣ', 'οδος'],
    ['Zoé'.normalize('NFD'), 'zoé'.normalize('NFC')],
  ])('is the same for "%s" and "%s"', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it.each([
    ['zoe', 'zoé'],
    ['claire.martin', 'claire_martin'],
    ['claire\u200bmartin', 'clairemartin'],
  ])('differs for "%s" and "%s"', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });
});

describe('a text that must say something', () => {
  it.each(['vol', ' 7 ', '理由', 'سبب', '\u200bvol\u200b', '✓'])('does: %j', (text) => {
    expect(hasVisibleText(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \t\u00a0\u2003\u3000'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['direction marks and soft hyphens', '\u200e\u200f\u202e\u00ad'],
    ['letters that are drawn as nothing', '\u115f\u1160\u3164\uffa0\u2800'],
    ['variation selectors and tags', '\ufe0f\u{e0041}'],
    ['punctuation', '-- . …'],
  ])('does not: %s', (_, text) => {
    expect(hasVisibleText(text)).toBe(false);
  });
});
