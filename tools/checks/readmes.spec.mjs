import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed } from '../../proofs/workspace/readmes.mjs';

const LIBS = join(import.meta.dirname, '../../libs');
const OTHER_TEAMS = readdirSync(LIBS).filter((lib) => lib !== 'testing' && !manifestOf(lib).private);
const FIRST = ['Install', 'Example', 'Options', 'Errors'];

/** Structure of a README: usage before guarantees. */
describe.each(OTHER_TEAMS)('the README of %s', (lib) => {
  const page = readFileSync(join(LIBS, lib, 'README.md'), 'utf8');
  const sections = [...page.replace(/^```.*?^```/gms, '').matchAll(/^## (.+)$/gm)].map(([, name]) => name);

  it('installs, shows, lists options and errors, and only then guarantees', () => {
    const expected = sections.includes('Example') ? FIRST : FIRST.filter((name) => name !== 'Example');
    expect(sections.slice(0, expected.length)).toEqual(expected);
    expect(sections.at(-1)).toBe('Guarantees');
  });

  it('names the package and its peers to install', () => {
    const { name, peerDependencies = {} } = manifestOf(lib);
    expect(installed(lib)).toEqual(expect.arrayContaining([name, ...Object.keys(peerDependencies)]));
  });

  it('names the code of each error', () => {
    expect(codesOf(lib).filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});

function codesOf(lib) {
  const files = readdirSync(join(LIBS, lib, 'src'), { recursive: true });
  const texts = files.filter((file) => file.endsWith('.errors.ts'));
  return texts.flatMap((file) =>
    [
      ...readFileSync(join(LIBS, lib, 'src', file), 'utf8').matchAll(/^ {2}'?([\w.-]+)'?: \{\n {4}status:/gm),
    ].map(([, code]) => code),
  );
}

function manifestOf(lib) {
  return JSON.parse(readFileSync(join(LIBS, lib, 'package.json'), 'utf8'));
}
