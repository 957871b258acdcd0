// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { guessScore } from './password-guesses';

describe('how hard a password is to guess', () => {
  it.each([
    'Xk7#mVq2Lw!p',
    'velours-gravier-tulipe-comète',
    'il pleut des cordes sur mon vieux toit',
    'Cheval-Bleu-Nuage-7',
  ])('%j has the highest score', (password) => {
    expect(guessScore(password)).toBe(4);
  });

  it.each(['P@ssw0rd2024!', 'Bonjour-Soleil-2026', 'Hôpital-Médecin1', 'azertyuiopqsdf', '--------------'])(
    '%j has not',
    (password) => {
      expect(guessScore(password)).toBeLessThan(4);
    },
  );
});
