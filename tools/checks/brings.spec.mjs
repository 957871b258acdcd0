import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const HTTP = /^(@portillon\/http|fastify|express|@fastify\/.+|@nestjs\/(platform-.+|swagger))$/;
const manifests = Object.fromEntries(
  readdirSync(join(ROOT, 'libs'))
    .map((lib) => JSON.parse(readFileSync(join(ROOT, 'libs', lib, 'package.json'), 'utf8')))
    .map((manifest) => [manifest.name, manifest]),
);
const withoutHttp = Object.values(manifests).filter(
  ({ name, nx }) => nx.tags.includes('type:domain') || /\/(kernel|persistence|outbound)$/.test(name),
);

/** All packages that an installation of this one adds, including its peer dependencies. */
function broughtBy(name, seen = new Set()) {
  const { dependencies = {}, peerDependencies = {} } = manifests[name];
  for (const one of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (manifests[one]) broughtBy(one, seen);
  }
  return [...seen].sort();
}

describe('what installing a library brings', () => {
  it.each(withoutHttp.map(({ name }) => name))('is no HTTP framework with %s', (name) => {
    expect(broughtBy(name).filter((one) => HTTP.test(one))).toEqual([]);
  });

  it.each([
    ['scim', 17],
    ['my-account', 16],
  ])('is of ours, with %s, at most %d packages', (library, most) => {
    const ours = broughtBy(`@portillon/${library}`).filter((one) => manifests[one]);
    expect(ours.length).toBeLessThanOrEqual(most);
  });
});
