import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

/** Lines of `sha256sum`, which checks them too: `sha256sum -c tools/checks/landed-migrations.txt`. */
const LANDED = readFileSync(join(ROOT, 'tools/checks/landed-migrations.txt'), 'utf8').trim().split('\n');

const files = readdirSync(join(ROOT, 'libs'), { recursive: true })
  .filter(
    (file) => /\/src\/(?:[\w-]+\/)*migrations\/\d+-[\w-]+\.ts$/.test(file) && !file.includes('node_modules'),
  )
  .map((file) => `libs/${file}`)
  .sort();
const lineOf = (file) => `${digestOf(file)}  ${file}`;
const digestOf = (file) =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, file)))
    .digest('hex');

describe('a migration that has landed', () => {
  it('is there as it landed: where it ran already, a change of it changes no table', () => {
    const present = new Set(files.map(lineOf));
    expect(LANDED.filter((line) => !present.has(line))).toEqual([]);
  });

  it('is listed: add these lines to tools/checks/landed-migrations.txt', () => {
    const listed = new Set(LANDED.map((line) => line.split('  ')[1]));
    expect(files.filter((file) => !listed.has(file)).map(lineOf)).toEqual([]);
  });

  it('has a unique number and name', () => {
    const numbers = files.map((file) => file.split('/').at(-1).split('-')[0]);
    expect(numbers.filter((one, index) => numbers.indexOf(one) !== index)).toEqual([]);
  });
});
