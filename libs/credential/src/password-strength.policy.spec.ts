import { passwordOptions } from './credential.options';
import { assessPassword } from './password-strength.policy';

const OPTIONS = passwordOptions();
const CLAIRE = ['claire.martin', 'Claire Martin', 'claire.martin@hopital-nord.example'];
const reasons = (password: string, personal: string[] = CLAIRE) =>
  assessPassword(password, personal, OPTIONS).reasons;

describe('a password', () => {
  it.each([
    ['Xk7#mVq2Lw!p', '12 characters of four classes'],
    ['velours-gravier-tulipe-comète', 'a phrase of four words'],
    ['correct horse battery staple', 'a phrase with spaces'],
    ['il pleut des cordes sur mon vieux toit', 'a sentence'],
    ['kbwmqzrtyhnvls', '14 letters of one class'],
    ['пароль очень длинный и странный', 'another alphabet'],
    ['🦊🌲🎻🚲🍋🧭🪁🎲🐙🧵🥾🪕🔭🛶', '14 signs that are no letters'],
  ])('may be %s: %s', (password) => {
    expect(assessPassword(password, CLAIRE, OPTIONS)).toEqual({ acceptable: true, reasons: [] });
  });

  it.each([
    ['', 'too-short'],
    ['Xk7#mVq2Lw!', 'too-short'],
    ['xk7#mvq2lw!p', 'too-simple'],
    ['Xk7mVq2LwRpZ', 'too-simple'],
    ['aaaaaaaaaaaaaaaa', 'too-simple'],
    ['abababababababab', 'too-simple'],
    ['2024-2025-2026', 'too-simple'],
    ['x9x9x9x9x9x9x9', 'too-simple'],
    ['Password2024!', 'too-common'],
    ['P@ssw0rd2024!', 'too-common'],
    ['MotDePasse2024!', 'too-common'],
    ['Bonjour-Soleil-2026', 'too-common'],
    ['PasswordPassword1', 'too-common'],
    ['Azertyuiop123456!', 'too-common'],
    ['Hôpital-Médecin1', 'too-common'],
    ['Xk7#Claire!mVq2', 'personal'],
    ['Xk7#MARTIN!mVq2', 'personal'],
    ['Xk7#Çlâïre!mVq2', 'personal'],
    ['Xk7#Portillon!mVq2', 'service-name'],
  ])('may not be "%s": %s', (password, reason) => {
    expect(reasons(password)).toContain(reason);
  });

  it('may have 128 characters and no more, counted as a person counts them', () => {
    const long = 'Vr8?kZ'.repeat(40);
    expect(reasons(long.slice(0, 128))).not.toContain('too-long');
    expect(reasons(long.slice(0, 129))).toEqual(['too-long']);
    const pieces = ['🦊', '🌲', '🎻', '🚲', '🍋', '🧭', '🪁', '🎲'].join('').repeat(16);
    expect([...pieces]).toHaveLength(128);
    expect(reasons(pieces)).not.toContain('too-long');
  });

  it('is refused before it is looked at when it is far too long', () => {
    const started = performance.now();
    expect(reasons('é'.normalize('NFD').repeat(1_000_000))).toEqual(['too-long']);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('counts an accent typed in two ways as one character', () => {
    expect(reasons('é'.normalize('NFD').repeat(100), [])).not.toContain('too-long');
  });

  it('names every reason at once', () => {
    expect(reasons('Claire Portillon')).toEqual(['too-common', 'personal', 'service-name']);
  });

  it('may hold a name of three letters, which innocent words hold too', () => {
    expect(reasons('Vr8?kZ-banane-Lw!p', ['Ana Roy'])).toEqual([]);
  });

  it('of the greatest length is assessed within 50 ms', () => {
    reasons('to unpack the list');
    const worst = [
      'ab'.repeat(64),
      'a'.repeat(128),
      'password'.repeat(16),
      '1234567890'.repeat(12),
      'qwertyuiopasdfgh'.repeat(8),
    ];
    const started = performance.now();
    worst.forEach((password) => reasons(password));
    expect((performance.now() - started) / worst.length).toBeLessThan(50);
  });
});
