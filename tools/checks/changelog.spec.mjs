import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const LIMIT = 200;

const lines = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split('\n');

it('has lines that fit on a screen', () => {
  expect(lines.filter((line) => line.length >= LIMIT)).toEqual([]);
});

const WITHOUT_AREAS = ['### Upgrade', '### Changed', '### Security'];

it('has each addition under the heading of its area', () => {
  const headings = lines.map((line, index) =>
    lines.slice(0, index).findLast((before) => before.startsWith('#')),
  );
  const changes = lines.flatMap((line, index) => (line.startsWith('- ') ? [[line, headings[index]]] : []));
  expect(changes.length).toBeGreaterThan(0);
  const outside = changes.filter(
    ([, heading]) => !WITHOUT_AREAS.includes(heading) && !heading.startsWith('#### '),
  );
  expect(outside).toEqual([]);
});

it('has one sentence for each change', () => {
  const prose = lines
    .filter((line) => /^ *- /.test(line))
    .map((line) => line.replace(/`[^`]*`|\([^)]*\)/g, '…'));
  expect(prose.filter((line) => /[a-z…»]\. \S/.test(line))).toEqual([]);
});
