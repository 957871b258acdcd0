// What the image is made of, as CycloneDX: node docker/sbom.mjs sbom.json
// `npm sbom` lists what the server and the pages are made from, what is for development only too: its `--omit=dev` leaves
// out dependencies of dependencies. Of this list stays what is installed here and what the pages are built of and with.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const PAGES = '@portillon/web';
const options = ['--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
const workspaces = ['--workspace=apps/api', '--workspace=apps/web'];
const list = JSON.parse(execFileSync('npm', ['sbom', ...options, ...workspaces], { encoding: 'utf8' }));

const kept = new Set([...installed(), ...reachedFrom(PAGES)]);
const stays = ({ ref }) => kept.has(ref) || ref === list.metadata.component['bom-ref'];
list.components = list.components.filter((component) => stays({ ref: component['bom-ref'] }));
list.dependencies = list.dependencies
  .filter(stays)
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
writeFileSync(process.argv[2], JSON.stringify(list));

/** What npm installed here and no later step took away. */
function installed() {
  const { packages } = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8'));
  return Object.keys(packages)
    .filter((path) => existsSync(`${path}/package.json`))
    .map((path) => JSON.parse(readFileSync(`${path}/package.json`, 'utf8')))
    .map(({ name, version }) => `${name}@${version}`);
}

function reachedFrom(name) {
  const dependencies = new Map(list.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set([...dependencies.keys()].filter((ref) => ref.startsWith(`${name}@`)));
  // A set that grows is walked to its new end.
  for (const ref of reached) for (const next of dependencies.get(ref) ?? []) reached.add(next);
  return reached;
}
