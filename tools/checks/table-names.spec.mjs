import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SPECS = /\.spec\.ts$|\/(testing|migrations)\//;

const sources = readdirSync(join(ROOT, 'libs'))
  .flatMap((lib) =>
    readdirSync(join(ROOT, 'libs', lib, 'src'), { recursive: true }).map((file) => `libs/${lib}/src/${file}`),
  )
  .filter((file) => file.endsWith('.ts') && !SPECS.test(file))
  .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]);
const tables = sources.flatMap(([, text]) =>
  [...text.matchAll(/@Entity\('(\w+)'\)/g)].map(([, name]) => name),
);
const literal = new RegExp(`\\b(?:FROM|INTO|UPDATE|JOIN)\\s+[\`"]?(?:${tables.join('|')})\\b`);

/** An application may put a prefix before the tables (docs/adr/0058). */
it('no statement of a library names a table by a literal', () => {
  expect(tables).toContain('session');
  expect('DELETE FROM session').toMatch(literal);
  expect(sources.filter(([, text]) => literal.test(text)).map(([file]) => file)).toEqual([]);
});
