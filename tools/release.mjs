import './workspace/node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './workspace/command.mjs';
import { releaseNotes } from './workspace/release-notes.mjs';

// npm run release -- v1.4.0 | --dry-run [--notes]
// Makes in tmp/release what .github/workflows/release.yml signs and publishes, from the last commit. `--dry-run` takes
// the version of the manifests, and accepts claims of the trust file that no test has proved here. `--notes` prints the
// release notes, or why there is no release.
const MANIFESTS = ['package.json', 'apps/api/package.json', 'apps/web/package.json'];
const read = (file) => readFileSync(join(ROOT, file), 'utf8');

async function release() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, notes: { type: 'boolean' } },
  });
  const versions = Object.fromEntries(MANIFESTS.map((file) => [file, JSON.parse(read(file)).version]));
  const tag = values['dry-run'] ? `v${versions['package.json']}` : (positionals[0] ?? '');
  const { notes, problems } = releaseNotes(tag, { changelog: read('CHANGELOG.md'), versions });
  if (problems.length) throw new Error(problems.join('\n'));
  if (values.notes) return console.log(notes);
  // Needs the installed packages, which the notes do not.
  const { makeRelease } = await import('./workspace/release-files.mjs');
  await makeRelease({ version: tag.slice(1), notes, dryRun: values['dry-run'] });
}

await release().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
