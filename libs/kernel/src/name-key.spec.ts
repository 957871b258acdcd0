import { nameKey } from './name-key';

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
