import './workspace/node-version.mjs';
import { runPackage } from './workspace/command.mjs';

const SPEC = String.raw`release-data\.make\.ts$`;

/** Stores data made by this checkout on both engines, for the tests of later upgrades. */
async function keep(name) {
  if (!/^[\w-]+$/.test(name ?? ''))
    return refuse('Name the release, its points as dashes: "node tools/release-data.mjs 1-4-0".');
  const args = ['-c', 'apps/api-e2e/jest.config.cjs', '--testRegex', SPEC];
  const { code } = await runPackage('jest', args, { env: { CI: 'true', RELEASE: name }, stdio: 'inherit' });
  if (code !== 0) return refuse('Nothing is to be kept: look above at what failed.');
  console.log(`Commit apps/api-e2e/releases/${name}.*.json.gz: upgrade.spec.ts reads them from now on.`);
}

function refuse(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

await keep(process.argv[2]);
