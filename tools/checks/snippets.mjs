import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runPackage } from '../workspace/command.mjs';

const FOLDER = join(ROOT, 'tmp', 'snippets');
const COMPILER = {
  extends: '../../tsconfig.base.json',
  compilerOptions: { noEmit: true, noUnusedLocals: false, lib: ['es2023', 'dom'] },
};

/** Compiler errors in the pages' TypeScript, one line each; every snippet is a separate file. */
export async function snippetProblems() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const written = pages().flatMap((page) => snippetsOf(page).map((text, index) => write(page, index, text)));
  if (written.length === 0) throw new Error('No snippet was found.');
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(COMPILER));
  const { output } = await runPackage('typescript-native', ['-p', FOLDER, '--pretty', 'false'], {
    command: 'tsc',
  });
  // A snippet with a module augmentation would change the types of our sources too, which no application compiles.
  return output.split('\n').filter((line) => line.startsWith('tmp/snippets/'));
}

function pages() {
  const ofLibs = readdirSync(join(ROOT, 'libs')).map((lib) => `libs/${lib}/README.md`);
  const ofGuide = readdirSync(join(ROOT, 'docs/guide'), { recursive: true }).filter((name) =>
    name.endsWith('.md'),
  );
  return ['README.md', 'CONTRIBUTING.md', ...ofLibs, ...ofGuide.map((name) => `docs/guide/${name}`)];
}

function snippetsOf(page) {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)].map(([, text]) => text);
}

function write(page, index, text) {
  const name = `${page.replace(/\W+/g, '-')}-${index + 1}.ts`;
  writeFileSync(join(FOLDER, name), text);
  return name;
}
