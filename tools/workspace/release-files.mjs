import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLibs, packed } from '../checks/packages.mjs';
import { OUTPUT } from '../trust/place.mjs';
import { prove } from '../trust/prove.mjs';
import { ROOT, run } from './command.mjs';
import { step } from './progress.mjs';

const RELEASE = join(ROOT, 'tmp', 'release');
/** Makes all files of a release in tmp/release, and publishes nothing. @throws when the work tree has changes */
export async function makeRelease({ version, notes, dryRun }) {
  if (await git('status', '--porcelain')) throw new Error('Commit first: a release is made from a commit.');
  await step('Packing the libs', packLibs);
  await step('Building the image and the archive', () => buildArchives(version));
  await step('Proving the trust file', () => writeTrust(dryRun));
  writeFileSync(join(RELEASE, 'notes.md'), `${notes}\n`);
  const names = readdirSync(RELEASE);
  writeFileSync(join(RELEASE, 'SHA256SUMS'), names.map((name) => `${digest(name)}  ${name}\n`).join(''));
  console.log(
    `\nRelease ${version}: ${names.length} files and SHA256SUMS in tmp/release. Nothing was published.`,
  );
}

async function packLibs() {
  await buildLibs();
  await packed(RELEASE);
}

/** The context of the image, the program for /opt/portillon, and the list of its packages. */
async function buildArchives(version) {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-release-'));
  const env = { PORTILLON_COMMIT: await git('rev-parse', 'HEAD') };
  try {
    await succeed(run('sh', ['docker/check.sh', folder], { env }));
    cpSync(join(ROOT, 'CHANGELOG.md'), join(folder, 'app/CHANGELOG.md'));
    cpSync(join(folder, 'app/sbom.json'), join(RELEASE, 'installed.cdx.json'));
    await pack(join(folder, 'context'), `portillon-${version}-image-context.tar.gz`);
    await pack(join(folder, 'app'), `portillon-${version}-${process.platform}-${process.arch}.tar.gz`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeTrust(dryRun) {
  const { problems } = await prove();
  if (problems.length && !dryRun) throw new Error(`${problems.join('\n')}\nThe trust file does not hold.`);
  if (problems.length) console.log(`  ${problems.length} claims are not proved here: see trust.json`);
  for (const name of readdirSync(OUTPUT).filter((one) => one.endsWith('.json')))
    cpSync(join(OUTPUT, name), join(RELEASE, name));
  await pack(join(OUTPUT, 'site'), 'trust-pages.tar.gz');
}

/** The same bytes for the same files: with the time of the commit, and owned by root. */
async function pack(folder, name) {
  const time = await git('log', '-1', '--format=%cI');
  const alike = ['--sort=name', `--mtime=${time}`, '--owner=0', '--group=0', '--numeric-owner'];
  await succeed(run('tar', ['-cf', join(RELEASE, name), '-I', 'gzip -n', ...alike, '-C', folder, '.']));
}

function digest(name) {
  return createHash('sha256')
    .update(readFileSync(join(RELEASE, name)))
    .digest('hex');
}

function git(...args) {
  return succeed(run('git', args));
}

async function succeed(running) {
  const { code, output, stdout } = await running;
  if (code !== 0) throw new Error(output);
  return stdout.trim();
}
