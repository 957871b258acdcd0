import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace/command.mjs';
import { releaseNotes } from './workspace/release-notes.mjs';

// `node tools/release.mjs v1.4.0`: prints the release notes, or why there is no release
// (.github/workflows/release.yml).
const MANIFESTS = ['package.json', 'apps/api/package.json', 'apps/web/package.json'];
const read = (file) => readFileSync(join(ROOT, file), 'utf8');
const versions = Object.fromEntries(MANIFESTS.map((file) => [file, JSON.parse(read(file)).version]));

const { notes, problems } = releaseNotes(process.argv[2] ?? '', {
  changelog: read('CHANGELOG.md'),
  versions,
});
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(notes);
process.exitCode = problems.length ? 1 : 0;
