import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { oneByteEach } from './one-byte.mjs';

it.each([
  '"Mot de passe oublié ? « Œuvre » — 漢字 😀"',
  '`un œil`',
  '/[œ—]+/.test("cœur")',
  '/^😀$/u.test("😀")',
  String.raw`"\\œ"`,
  String.raw`"\\\\œ \n\\ œ"`,
  '({ œuvre: 1 }).œuvre',
])('writes %s in letters of one byte, and it means the same', (code) => {
  const written = oneByteEach(code, 'main.cjs');
  expect(written).not.toMatch(/[\u0100-\uffff]/);
  expect(runInNewContext(written)).toEqual(runInNewContext(code));
});

it('leaves alone what is Latin-1 already, escaped or not', () => {
  const code = String.raw`"é \é \u0153 \n"`;
  expect(oneByteEach(code, 'main.cjs')).toBe(code);
});

it.each([String.raw`"\œ"`, String.raw`"\\\œ"`, String.raw`/\—/`, String.raw`"a\😀"`])(
  'stops the build at the backslash of %s, and says where',
  (code) => {
    const where = `main.cjs: take away the backslash before the letter that is not Latin-1, near: look(${code})`;
    expect(() => oneByteEach(`look(${code})`, 'main.cjs')).toThrow(where);
  },
);
