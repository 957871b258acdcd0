import { isGsm7, segments } from './gsm7';

describe('an SMS text', () => {
  it.each([
    ['Portillon : votre code est 482913. À ne donner à personne.', false],
    ['Portillon : votre code est 482913. A ne donner à personne, même £5 à un collègue', false],
    ['Portillon : code 482913, réf. K7QX, valable 10 min. Envoyé à 16:39.\n@portillon.example #482913', true],
    ['{[~|€]}\\^', true],
    ['ça', false],
    ['ÇA', true],
    ['apostrophe’', false],
    ['482\u200b913', false],
    ['😀', false],
    ['', true],
  ])('%j is in the GSM alphabet: %s', (text, expected) => {
    expect(isGsm7(text)).toBe(expected);
  });

  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ç'.repeat(70), 1],
    ['ç'.repeat(71), 2],
    ['😀'.repeat(35), 1],
    ['😀'.repeat(36), 2],
    ['', 1],
  ])('is billed by segments (%#)', (text, expected) => {
    expect(segments(text)).toBe(expected);
  });
});
