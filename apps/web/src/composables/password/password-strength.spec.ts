// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { charactersMissing, passwordStrength } from './password-strength';

const strength = (password: string) => passwordStrength(password, ['claire', 'Martin']);

describe('the strength of a password', () => {
  it.each([
    ['', 'empty'],
    ['court', 'weak'],
    ['azerty12345', 'fair'],
    ['Abcdef123456', 'fair'],
    ['Abcdef12345!', 'good'],
    ['abcdefghijklmn', 'good'],
    ['un cheval gris au bord de la mer', 'good'],
    ['éèàùçôîâêûëïœæ', 'good'],
    ['claire et son chien', 'weak'],
    ['le MARTIN-pêcheur bleu', 'weak'],
    ['portillon du jardin', 'weak'],
    ['x1'.repeat(65) + 'azerty', 'weak'],
  ])('%j is %s', (password, expected) => {
    expect(strength(password)).toBe(expected);
  });

  it('counts a visible character as one', () => {
    expect(charactersMissing('e\u0301'.repeat(13))).toBe(1);
    expect(charactersMissing('un cheval gris au bord')).toBe(0);
  });
});
