import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from '../workspace/command.mjs';

const SHIPPED = ['apps/api', 'apps/web'];

/** Packages of the server and the pages, and those that build them, as CycloneDX, under their package names. */
export async function sbomOf() {
  const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const workspaces = SHIPPED.map((folder) => `--workspace=${folder}`);
  const { code, stdout, output } = await runNpm(['sbom', ...options, ...workspaces]);
  if (code !== 0) throw new Error(`npm sbom: ${output}`);
  const list = JSON.parse(stdout);
  const { metadata } = list;
  return {
    ...list,
    // npm adds the time, a random number and its own version; without them, the same lock gives the same list.
    serialNumber: undefined,
    metadata: {
      ...metadata,
      timestamp: undefined,
      tools: metadata.tools?.map((tool) => ({ ...tool, version: undefined })),
      component: { ...metadata.component, name: 'portillon' },
    },
    components: list.components.map(renamed),
  };
}

/** The written form of a list, so that its digest is the same wherever the lock is. */
export function sbomText(list) {
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** Differences between a list and the lock, one sentence each. */
export function sbomProblems({ components }, lock = lockOfRoot()) {
  const expected = new Map(reachedFrom(SHIPPED, lock.packages).map((one) => [one.ref, one]));
  const listed = new Map(components.map((one) => [one['bom-ref'], one]));
  return [
    ...[...expected.keys()]
      .filter((ref) => !listed.has(ref))
      .map((ref) => `SBOM: ${ref} of the lock is missing.`),
    ...[...listed.keys()]
      .filter((ref) => !expected.has(ref))
      .map((ref) => `SBOM: ${ref} is not in the lock.`),
    ...[...listed].flatMap(([ref, component]) => componentProblem(component, expected.get(ref))),
  ];
}

/** npm drops the scope of a workspace's package. */
function renamed(component) {
  return { ...component, name: nameOf(component['bom-ref']) };
}

function nameOf(ref) {
  return ref.slice(0, ref.lastIndexOf('@'));
}

function componentProblem({ 'bom-ref': ref, name, hashes = [] }, expected) {
  if (!expected) return [];
  if (name !== nameOf(ref)) return [`SBOM: ${ref} is named ${name}.`];
  const given = hashes.map(({ content }) => content);
  const wanted = expected.integrity?.split(' ').map(hexOf) ?? [];
  return wanted.every((hash) => given.includes(hash))
    ? []
    : [`SBOM: ${ref} has another digest than the lock.`];
}

function hexOf(integrity) {
  return Buffer.from(integrity.slice(integrity.indexOf('-') + 1), 'base64').toString('hex');
}

/** Every package of the lock that these workspaces depend on, resolved as by Node. */
function reachedFrom(folders, packages) {
  const paths = new Set(folders);
  // The loop also visits elements added during it.
  for (const path of paths) {
    const { dependencies, optionalDependencies, devDependencies, peerDependencies } = packages[path];
    const own = path.includes('node_modules/') ? {} : devDependencies;
    for (const name of Object.keys({
      ...dependencies,
      ...optionalDependencies,
      ...own,
      ...peerDependencies,
    })) {
      const found = placeOf(name, path, packages);
      if (found) paths.add(found);
    }
  }
  return [...paths].map((path) => ({ ...packages[path], ref: refOf(path, packages[path]) }));
}

function placeOf(name, from, packages) {
  for (let path = from; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    const place = `${path && `${path}/`}node_modules/${name}`;
    if (packages[place]) return packages[place].link ? packages[place].resolved : place;
    if (!path) return undefined;
  }
}

function refOf(path, { name, version }) {
  return `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`;
}

/** The lock of the workspace, as npm wrote it. */
function lockOfRoot() {
  return lockIn('.');
}

/** The packages of the workspace, and of `tools/package.json`, whose paths begin with `tools/`. */
export function everyLock() {
  const ofTools = Object.entries(lockIn('tools').packages).map(([path, entry]) => [`tools/${path}`, entry]);
  return { packages: { ...lockOfRoot().packages, ...Object.fromEntries(ofTools) } };
}

function lockIn(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8'));
}
