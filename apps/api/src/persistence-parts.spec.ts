import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIBS = join(__dirname, '../../../libs');
const LIST = readFileSync(join(__dirname, 'persistence-parts.ts'), 'utf8');

/** The parts that the libs declare, by name. */
const declaredParts = () =>
  readdirSync(LIBS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^[\w-]+\/src\/.*\.persistence\.ts$/.test(file))
    .map((file) => /export const (\w+): PersistencePart/.exec(readFileSync(join(LIBS, file), 'utf8'))![1]);

describe('every table', () => {
  it('is in the list of the server: add the part of its lib to persistence-parts.ts', () => {
    expect(declaredParts().filter((name) => !LIST.includes(`  ${name},\n`))).toEqual([]);
  });
});
