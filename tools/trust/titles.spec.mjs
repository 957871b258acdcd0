import { expect, it } from 'vitest';
import { isNamedBy, titlesOf } from './titles.mjs';

it('reads the full names of tests, in groups, tables and templates', () => {
  const source = `
    describe('a code', () => {
      it('is used once', () => {});
      describe.each(['mail'])('by %s', () => test.each\`a\`('is $kind', () => {}));
      for (const one of all) it(\`is refused for \${one.name}\`, () => {});
    });
    describeOnEveryEngine('on tables', [], () => it('stands', () => {}));
    describeWithProgram(PROGRAM, 'with a program', () => it('runs', () => {}));
    (there ? describe : describe.skip)('beside it', () => it('runs', () => {}));
    test.describe('a page', () => test('opens', async ({ page }) => {}));`;
  expect(titlesOf(source)).toEqual([
    'a code is used once',
    'a code by %s is $kind',
    'a code is refused for $' + '{one.name}',
    'on tables stands',
    'with a program runs',
    'beside it runs',
    'a page opens',
  ]);
});

it('takes a test that is skipped for none: it proves nothing', () => {
  expect(titlesOf("it.skip('holds', () => {}); it.todo('will hold'); test.skip(true, 'here');")).toEqual([]);
});

it('knows a title by what it stands for', () => {
  expect(isNamedBy('a code by %s is $kind', 'a code by mail is right')).toBe(true);
  expect(isNamedBy('a code by %s is $kind', 'a code by %s is $kind')).toBe(true);
  expect(isNamedBy('a code is used once (really)', 'a code is used once')).toBe(false);
});
