import { expect, it } from 'vitest';
import { promiseProblems, promisesOf } from './promises.mjs';

const GUIDE = `# Security

## What it withstands

| attack             | what stops it |
| ------------------ | ------------- |
| guessing a code    | five tries    |
| stealing a cookie  | hashes        |

## What it does not promise

| what | why |
| ---- | --- |
| more | no  |
`;
const row = (...security) => ({ file: 'asvs.yaml', id: 'asvs-6.5.1', security });

it('reads the first cells of the one table', () => {
  expect(promisesOf(GUIDE)).toEqual(['guessing a code', 'stealing a cookie']);
});

it('names a promise that no row cites', () => {
  expect(promiseProblems([row('guessing a code')], GUIDE)).toEqual([
    'docs/guide/security.md: no row of the register cites "stealing a cookie".',
  ]);
});

it('names a row that cites what the guide does not promise', () => {
  const rows = [row('guessing a code', 'stealing a cookie', 'guessing a PIN')];
  expect(promiseProblems(rows, GUIDE)).toEqual([
    'asvs.yaml, asvs-6.5.1, security: docs/guide/security.md has no row "guessing a PIN".',
  ]);
});
