import { passwordOptions } from './credential.options';
import { carryingNames, guessReasons, isTooLong, lengthReasons } from './password-strength.policy';

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

describe('names that carry a password', () => {
  it.each([
    ['Xk7#Claire!mVq2', { personal: 'claire' }],
    ['Xk7#MARTIN!mVq2', { personal: 'martin' }],
    ['Xk7#Çlâïre!mVq2', { personal: 'claire' }],
    ['Xk7#Portillon!mVq2', { 'service-name': 'portillon' }],
    ['Claire Portillon', { personal: 'claire', 'service-name': 'portillon' }],
    ['Claire-Martin-Claire-Martin', { personal: 'claire' }],
    ['velours-gravier-tulipe-comète', {}],
  ])('in "%s" are %j', (password, names) => {
    expect(carryingNames(password, CLAIRE, OPTIONS)).toEqual(names);
  });

  it('are none where the rest is long enough alone', () => {
    const names = ['Hôpital des Trois Dames', 'Trois'];
    expect(carryingNames('Trois chevaux bleus 81 sautent', names, OPTIONS)).toEqual({});
    expect(carryingNames('TROIS-dames-Chevaux-81!', names, OPTIONS)).toEqual({});
    expect(carryingNames('Trois-dames-cheval-81', names, OPTIONS)).toEqual({ personal: 'trois' });
  });

  it('may share three letters, which innocent words contain too', () => {
    expect(carryingNames('Vr8?kZ-banane-w!p', ['Ana Roy'], OPTIONS)).toEqual({});
    expect(carryingNames('Vr8?kZ-hanna-w!', ['Anna Roy'], OPTIONS)).toEqual({ personal: 'anna' });
  });

  it("are reported as the service's if one word matches both", () => {
    const rules = { ...OPTIONS, forbiddenWords: ['Portillon', 'Hôpital Nord'] };
    expect(carryingNames('Xk7#Portillon!mVq2', [], rules)).toEqual({ 'service-name': 'portillon' });
    expect(carryingNames('Xk7#hopital!mVq2', [], rules)).toEqual({ 'service-name': 'hopital' });
  });
});
