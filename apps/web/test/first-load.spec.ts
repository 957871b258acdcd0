import { brotliCompressSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, expect, it } from 'vitest';

/** JavaScript and CSS, as browsers take them (brotli), before the sign-in page can be used. */
const BUDGET_KB = 82.6;

type Built = Rolldown.OutputChunk | Rolldown.OutputAsset;
let files: Map<string, Built>;

beforeAll(async () => {
  process.env.NODE_ENV = 'production';
  const built = (await build({ logLevel: 'silent', build: { write: false } })) as Rolldown.RolldownOutput;
  files = new Map(built.output.map((file) => [file.fileName, file]));
}, 120_000);

/** A chunk with everything it imports at once; what it imports later is for later. */
function closure(chunk: Rolldown.OutputChunk, found = new Set<string>()): Set<string> {
  if (found.has(chunk.fileName)) return found;
  found.add(chunk.fileName);
  for (const name of chunk.imports) closure(files.get(name) as Rolldown.OutputChunk, found);
  return found;
}

/** What the page itself names, and what that imports at once. */
function firstLoad(): string[] {
  const html = String((files.get('index.html') as Rolldown.OutputAsset).source);
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => files.get(match[1]!)!);
  const chunks = named.filter((file) => file.type === 'chunk');
  const scripts = chunks.reduce((found, chunk) => closure(chunk, found), new Set<string>());
  const styles = named.filter(({ fileName }) => fileName.endsWith('.css'));
  return [...scripts, ...styles.map(({ fileName }) => fileName)];
}

function bytesOf(name: string): number {
  const file = files.get(name)!;
  return brotliCompressSync(file.type === 'chunk' ? file.code : file.source).length;
}

it(`loads at most ${BUDGET_KB} kB before the sign-in page can be used`, () => {
  const sizes = firstLoad().map((name) => ({ name, bytes: bytesOf(name) }));
  // Whole bytes: a sum of fractions exceeds the budget that it is equal to.
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
  console.info(
    `first load: ${total.toFixed(2)} kB`,
    sizes.sort((a, b) => b.bytes - a.bytes),
  );
  expect(total).toBeLessThanOrEqual(BUDGET_KB);
});

it('comes in three files that the page names itself: one wave', () => {
  const named = firstLoad();
  expect(named).toHaveLength(3);
});

it('leaves the other pages, the dialogs and English for when they are wanted', () => {
  const modules = firstLoad().flatMap((name) =>
    Object.keys((files.get(name) as Rolldown.OutputChunk).modules ?? {}),
  );
  expect(
    modules.filter((id) =>
      /reka-ui|my-account|account\.api|sdk\/administration|features\/administration|locales\/administration|locales\/en|HomePage|CodePage/.test(
        id,
      ),
    ),
  ).toEqual([]);
});

it('needs nothing that the content security policy refuses', () => {
  const styles = [...files.values()].filter((file) => file.fileName.endsWith('.css'));
  const text = styles.map((file) => String((file as Rolldown.OutputAsset).source)).join('');
  expect(text).not.toMatch(/url\(["']?data:/);
  const code = [...files.values()].map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
  expect(code).not.toMatch(/new Function\(|\beval\(/);
});
