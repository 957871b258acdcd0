import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tools/workspace/command.mjs';
import { Buildah } from './image/buildah.mjs';
import { Compose } from './image/compose.mjs';

const BASE = 'localhost/node:24-slim';
const IMAGE = 'localhost/portillon';
const MOST_MB = 200;
/** API tests that load most of what a server loads. */
const SPECS = [
  'sign-in',
  'messages',
  'means',
  'applications',
  'operation/monitoring',
  'operation/command-line',
];

/** Builds the image without an engine, runs the services of the compose file with it, and the API's tests with its files. */
export async function prove() {
  const buildah = new Buildah();
  const compose = new Compose(buildah, IMAGE);
  try {
    buildah.makeNodeImage(BASE);
    buildah.build(IMAGE, BASE);
    const container = buildah.container(IMAGE);
    assert.equal(buildah.run(container, ['sh', '-c', 'id -u; find /app ! -type l -writable']), '1000\n');
    const application = buildah.applicationOf(container);
    const size = Number(execFileSync('du', ['-sm', application], { encoding: 'utf8' }).split('\t')[0]);
    assert.ok(size <= MOST_MB, `the application takes ${size} MB`);
    console.log(`  ✓ the image adds ${size} MB to that of Node, and its user can change no file of it`);
    await compose.start();
    assert.match(compose.page(), /<div id="?app/);
    console.log('  ✓ the services of the compose file are ready, and serve the page');
    await compose.close();
    testWith(join(application, 'apps/api/dist/main.cjs'));
    console.log('  ✓ nothing is missing that the tests of the API load');
  } finally {
    await compose.close();
    buildah.close();
  }
}

function testWith(program) {
  const words = ['jest', '-c', 'jest.config.cjs', ...SPECS];
  const env = { ...process.env, PORTILLON_PROGRAM: program };
  execFileSync('npx', words, { cwd: join(ROOT, 'apps/api-e2e'), stdio: 'inherit', env });
}
