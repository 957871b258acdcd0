import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { sbomOf, sbomProblems, sbomText } from './sbom.mjs';

const DIGEST = Buffer.from('what the registry has');
const LOCK = {
  packages: {
    'apps/api': {
      name: '@portillon/api',
      version: '1.0.0',
      dependencies: { '@portillon/otp': '*', yaml: '2.0.0' },
    },
    'apps/web': { name: '@portillon/web', version: '1.0.0', devDependencies: { vite: '8.0.0' } },
    'libs/otp': { name: '@portillon/otp', version: '1.0.0' },
    'node_modules/@portillon/otp': { resolved: 'libs/otp', link: true },
    'node_modules/yaml': { version: '2.0.0', integrity: `sha512-${DIGEST.toString('base64')}` },
    'node_modules/vite': { version: '8.0.0', dependencies: { yaml: '1.0.0' } },
    'node_modules/vite/node_modules/yaml': { version: '1.0.0' },
    'node_modules/jest': { version: '30.0.0' },
  },
};
const HASHES = [{ alg: 'SHA-512', content: DIGEST.toString('hex') }];
const part = (name, version, more) => ({ 'bom-ref': `${name}@${version}`, name, version, ...more });
const OTHERS = ['api', 'web', 'otp'].map((name) => part(`@portillon/${name}`, '1.0.0'));
const LISTED = [
  ...OTHERS,
  part('yaml', '2.0.0', { hashes: HASHES }),
  part('vite', '8.0.0'),
  part('yaml', '1.0.0'),
];

const without = (ref) => LISTED.filter((one) => one['bom-ref'] !== ref);

it('says nothing of a list that is the lock', () => {
  expect(sbomProblems({ components: LISTED }, LOCK)).toEqual([]);
});

it.each([
  ['that is missing', without('yaml@1.0.0'), 'yaml@1.0.0 of the lock is missing'],
  ['that the lock has not', [...LISTED, part('jest', '30.0.0')], 'jest@30.0.0 is not in the lock'],
  ['of another content', [...without('yaml@2.0.0'), part('yaml', '2.0.0')], 'yaml@2.0.0 has another digest'],
  [
    'of ours whose name lost its scope',
    [...without('@portillon/otp@1.0.0'), { ...part('@portillon/otp', '1.0.0'), name: 'otp' }],
    '@portillon/otp@1.0.0 is named otp',
  ],
])('names a package %s', (_what, components, words) => {
  expect(sbomProblems({ components }, LOCK)).toEqual([expect.stringContaining(words)]);
});

it('is built into the server, which reports its digest', async () => {
  const [list, digest] = ['sbom.cdx.json', 'sbom.sha256'].map((file) =>
    readFileSync(join(ROOT, 'apps/api/dist', file), 'utf8'),
  );
  expect(list).toBe(sbomText(await sbomOf()));
  expect(digest.trim()).toBe(createHash('sha256').update(list).digest('hex'));
});
