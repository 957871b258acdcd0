import './workspace/node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, runPackage } from './workspace/command.mjs';
import { fingerprint, setStamp, stamp } from './workspace/fingerprint.mjs';
import { step } from './workspace/progress.mjs';

const SHARED = ['tools/build.mjs', 'tsconfig.base.json', 'package-lock.json'];

const APPS = {
  api: {
    title: 'Building the server',
    sources: ['apps/api/src', 'apps/api/package.json', 'libs', ...SHARED],
    output: 'apps/api/dist/main.cjs',
    build: bundleApi,
  },
  web: {
    title: 'Building the pages',
    sources: ['apps/web', 'libs/api-client', ...SHARED],
    output: 'apps/web/dist/index.html',
    build: bundleWeb,
  },
};

/** Builds the apps of that name, each in `apps/<name>/dist`. `ifChanged`: only those whose sources changed. */
export async function build(names = Object.keys(APPS), { ifChanged = false } = {}) {
  for (const name of names) {
    const { title, sources, output, build: bundle } = APPS[name];
    const wanted = fingerprint(sources);
    if (ifChanged && stamp(name) === wanted && existsSync(join(ROOT, output))) continue;
    await step(title, bundle);
    setStamp(name, wanted);
  }
}

/** One file with our own sources; what npm installs stays outside, where native modules and licences belong. */
async function bundleApi() {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: join(ROOT, 'apps/api/src/main.ts'),
    platform: 'node',
    tsconfig: join(ROOT, 'tsconfig.base.json'),
    external: isInstalled,
    resolve: { conditionNames: ['@portillon/source', 'require', 'node', 'default'] },
  });
  await bundle.write({
    file: join(ROOT, APPS.api.output),
    format: 'cjs',
    sourcemap: true,
    // Nest names a provider, and Swagger a schema, by its class.
    keepNames: true,
  });
  await bundle.close();
}

function isInstalled(id) {
  return !/^(\.|\/|[A-Za-z]:\\|\0|@portillon\/|@oxc-project\/)/.test(id);
}

async function bundleWeb() {
  const { code, output } = await runPackage('vite', ['build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps/web'),
  });
  if (code !== 0) throw new Error(output);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  const names = args.filter((one) => one in APPS);
  try {
    await build(names.length ? names : undefined, { ifChanged: args.includes('--if-changed') });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
