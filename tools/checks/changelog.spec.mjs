import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const LIMIT = 200;

const lines = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split('\n');

it('has lines that are read without scrolling', () => {
  expect(lines.filter((line) => line.length >= LIMIT)).toEqual([]);
});

it('has each change under the heading of its area; an upgrade concerns all who operate it', () => {
  const headings = lines.map((line, index) =>
    lines.slice(0, index).findLast((before) => before.startsWith('#')),
  );
  const changes = lines.flatMap((line, index) => (line.startsWith('- ') ? [[line, headings[index]]] : []));
  expect(changes.length).toBeGreaterThan(0);
  const outside = changes.filter(([, heading]) => heading !== '### Upgrade' && !heading.startsWith('#### '));
  expect(outside).toEqual([]);
});

it('has one sentence a change, and one a detail of it', () => {
  const prose = lines
    .filter((line) => /^ *- /.test(line))
    .map((line) => line.replace(/`[^`]*`|\([^)]*\)/g, '…'));
  expect(prose.filter((line) => /[a-z…»]\. \S/.test(line))).toEqual([]);
});
