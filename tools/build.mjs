import './workspace/node-version.mjs';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ROOT, runPackage } from './workspace/command.mjs';
import { fingerprint, setStamp, stamp } from './workspace/fingerprint.mjs';
import { oneByteEach } from './workspace/one-byte.mjs';
import { step } from './workspace/progress.mjs';

const SHARED = ['tools/build.mjs', 'tools/workspace/one-byte.mjs', 'tsconfig.base.json', 'package-lock.json'];

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

/** Our own sources and the framework, whose thousand small files cost a third of the start, in a few files. */
async function bundleApi() {
  const { rolldown } = await import('rolldown');
  const missing = [];
  const bundle = await rolldown({
    input: { main: join(ROOT, 'apps/api/src/main.ts') },
    platform: 'node',
    tsconfig: join(ROOT, 'tsconfig.base.json'),
    external: (id, importer) => staysOutside(id, importer) && !isNested(id, importer),
    plugins: [
      { name: 'other-databases', load: (id) => (OTHER_DATABASES.test(id) ? 'module.exports = {};' : null) },
    ],
    resolve: {
      conditionNames: ['@portillon/source', 'require', 'node', 'default'],
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
    onLog(level, log, print) {
      if (log.code === 'UNRESOLVED_IMPORT') missing.push(log.message);
      else print(level, log);
    },
  });
  const folder = dirname(join(ROOT, APPS.api.output));
  const { output } = await bundle.write({
    dir: folder,
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    sourcemap: true,
    // Nest names a provider, and Swagger a schema, by its class.
    keepNames: true,
    // Without what only readers need: Node keeps the text of what it runs in memory. The map still tells the lines.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await bundle.close();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.cjs'))) {
    const file = join(folder, name);
    writeFileSync(file, oneByteEach(readFileSync(file, 'utf8'), name));
  }
  // Left as they are, they would be missed by the first person who signs in.
  missing.push(...forDevelopment(output).map((name) => `${name} is a dependency for development only`));
  if (missing.length) throw new Error(missing.join('\n'));
}

/** What the framework and the libraries that decorate its classes are made of. */
const FRAMEWORK =
  /^(@nestjs\/|@nestjs-modules\/mailer|typeorm(\/|$)|rxjs(\/|$)|reflect-metadata|class-validator|lodash$|handlebars$)/;
/** TypeORM loads the driver of every database it knows: what ours are not would be kept in memory for nothing. */
const OTHER_DATABASES =
  /[\\/]typeorm[\\/](driver[\\/](aurora|capacitor|cockroachdb|cordova|expo|mongodb|nativescript|oracle|postgres|react-native|sap|spanner|sqljs|sqlserver)|(entity-manager|repository)[\\/]Mongo)/;
/** Asked for by the framework only when an application uses them; ours does not install them. */
const OPTIONAL =
  /^(@nestjs\/(microservices|websockets|platform-express|platform-socket\.io)|@fastify\/(multipart|view))/;

/** The rest of what npm installs, such as native modules, stays where it is. */
function staysOutside(id) {
  if (/^(\.|\/|[A-Za-z]:\\|\0|@portillon\/|@oxc-project\/)/.test(id)) return false;
  return !FRAMEWORK.test(id) || OPTIONAL.test(id);
}

/** A package that npm put in another's folder: from the bundle, its name would lead to another version, or nowhere. */
function isNested(id, importer) {
  const name = packageOf(id);
  for (let folder = dirname(importer ?? ROOT); folder.startsWith(ROOT); folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return folder !== ROOT;
  }
  return false;
}

/** What the bundle asks for that an installation for production does not have. */
function forDevelopment(output) {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const asked = output.flatMap((chunk) => [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]);
  return [...new Set(asked.map(packageOf))].filter((name) => packages[`node_modules/${name}`]?.dev);
}

function packageOf(id) {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}

async function bundleWeb() {
  const { code, output } = await runPackage('vite', ['build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps/web'),
  });
  if (code !== 0) throw new Error(output);
  await compressAssets(join(ROOT, 'apps/web/dist/assets'));
}

/** Compressed once here as small as can be, not by the server for every person. */
async function compressAssets(folder) {
  const files = readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name));
  for (const file of files.map((name) => join(folder, name))) {
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content));
  }
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
