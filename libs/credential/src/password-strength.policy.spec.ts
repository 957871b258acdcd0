import { passwordOptions } from './credential.options';
import { guessReasons, isTooLong, lengthReasons, nameReasons } from './password-strength.policy';

const OPTIONS = passwordOptions();
const CLAIRE = ['claire.martin', 'Claire Martin', 'claire.martin@hopital-nord.example'];

describe('the length of a password', () => {
  it.each([
    ['', ['too-short']],
    ['Xk7#mVq2Lw!', ['too-short']],
    ['xk7#mvq2lw!p', ['too-simple']],
    ['XK7#MVQ2LW!P', ['too-simple']],
    ['Xk7mVq2LwRpZ', ['too-simple']],
    ['Xkb#mVqcLw!p', ['too-simple']],
    ['Xk7#mVq2Lw!p', []],
    ['kbwmqzrtyhnvls', []],
  ])('of "%s" gives %j: 12 characters of four classes, or 14', (password, reasons) => {
    expect(lengthReasons(password, OPTIONS)).toEqual(reasons);
  });

  it('is 128 at most, in characters as people count them', () => {
    const signs = ['🦊', '🌲', '🎻', '🚲', '🍋', '🧭', '🪁', '🎲'].join('').repeat(16);
    expect([...signs]).toHaveLength(128);
    const accents = 'é'.normalize('NFD').repeat(128);
    const judged = ['a'.repeat(128), signs, accents, 'a'.repeat(129), `${accents}a`];
    expect(judged.map((password) => isTooLong(password, OPTIONS))).toEqual([false, false, false, true, true]);
  });
});

describe('a guessable password', () => {
  it('is refused below the highest score, and reported as common if words cause it', () => {
    expect(guessReasons({ score: 4, words: true })).toEqual([]);
    expect(guessReasons({ score: 3, words: true })).toEqual(['too-common']);
    expect(guessReasons({ score: 3, words: false })).toEqual(['too-simple']);
  });
});

describe('names in a password', () => {
  it.each([
    ['Xk7#Claire!mVq2', ['personal']],
    ['Xk7#MARTIN!mVq2', ['personal']],
    ['Xk7#Çlâïre!mVq2', ['personal']],
    ['Xk7#Portillon!mVq2', ['service-name']],
    ['Claire Portillon', ['personal', 'service-name']],
    ['velours-gravier-tulipe-comète', []],
  ])('in "%s" give %j', (password, reasons) => {
    expect(nameReasons(password, CLAIRE, OPTIONS)).toEqual(reasons);
  });

  it('may share three letters, which innocent words contain too', () => {
    expect(nameReasons('Vr8?kZ-banane-Lw!p', ['Ana Roy'], OPTIONS)).toEqual([]);
    expect(nameReasons('Vr8?kZ-hanna-Lw!p', ['Anna Roy'], OPTIONS)).toEqual(['personal']);
  });

  it("are reported as the service's if one word matches both", () => {
    const forbiddenWords = ['Portillon', 'Hôpital Nord'];
    expect(nameReasons('Xk7#Portillon!mVq2', [], { forbiddenWords })).toEqual(['service-name']);
    expect(nameReasons('Xk7#hopital!mVq2', [], { forbiddenWords })).toEqual(['service-name']);
  });
});
