import { expect, it } from 'vitest';
import { promiseProblems, promisesOf } from './promises.mjs';

const GUIDE = `# Security

## What it withstands

### Guessing a code

Five tries.

### SMS pumping

Limits.

## What it does not promise

### More
`;
const row = (...security) => ({ file: 'asvs.yaml', id: 'asvs-6.5.1', security });

it('reads the headings of the section', () => {
  expect(promisesOf(GUIDE)).toEqual(['guessing a code', 'SMS pumping']);
});

it('names a promise that no row cites', () => {
  expect(promiseProblems([row('guessing a code')], GUIDE)).toEqual([
    'docs/guide/security.md: no row of the register cites "SMS pumping".',
  ]);
});

it('names a row that cites what the guide does not promise', () => {
  const rows = [row('guessing a code', 'SMS pumping', 'guessing a PIN')];
  expect(promiseProblems(rows, GUIDE)).toEqual([
    'asvs.yaml, asvs-6.5.1, security: docs/guide/security.md has no section "guessing a PIN".',
  ]);
});
