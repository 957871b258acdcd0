import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const WORDS = /\.(errors|journal|purposes)\.ts$/;

/** Sources of a library without its specs: file names and contents. */
function sourcesOf(lib) {
  const folder = join(ROOT, 'libs', lib, 'src');
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|^testing\//.test(file))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
}

/** An augmentation without an import applies inside the library only, and in no program that uses it. */
it('are imported in their lib: export the words from its index.ts', () => {
  const lost = readdirSync(join(ROOT, 'libs')).flatMap((lib) => {
    const sources = sourcesOf(lib);
    const isImported = (file) => sources.some(([, text]) => text.includes(`/${basename(file, '.ts')}'`));
    const words = sources.map(([file]) => file).filter((file) => WORDS.test(file));
    return words.filter((file) => !isImported(file)).map((file) => `libs/${lib}/src/${file}`);
  });
  expect(lost).toEqual([]);
});
