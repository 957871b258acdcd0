import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { defineConfig } from 'rolldown';
import { sbomOf, sbomText } from '../../tools/trust/sbom.mjs';
import { commit } from '../../tools/workspace/commit.mjs';

const ROOT = join(import.meta.dirname, '../..');
const TEMPLATES = join(ROOT, 'libs/notification/templates');
const WORKERS = ['hashing', 'strength'].map((name) => join(ROOT, `libs/credential/${name}.worker.cjs`));

/**
 * Bundled too: the framework's thousand small files cost a third of the start. Not typeorm and class-validator: the
 * framework asks for both by a `require` of its own, and would load a second copy.
 */
const FRAMEWORK =
  /^(@nestjs\/|@nestjs-modules\/mailer|rxjs(\/|$)|reflect-metadata|es-toolkit(\/|$)|handlebars$)/;
/** Asked for by the framework only when an application uses them; ours does not install them. */
const OPTIONAL =
  /^(@nestjs\/(microservices|websockets|platform-express|platform-socket\.io)|@fastify\/(multipart|view))/;

/** Our own sources and the framework in a few files; what else npm installs, such as native modules, stays where it is. */
export default defineConfig({
  input: { main: join(import.meta.dirname, 'src/main.ts') },
  platform: 'node',
  // Its decorators alone are used by a server: what writes the document goes with the command that prints it.
  treeshake: { moduleSideEffects: [{ test: /node_modules\/@nestjs\/swagger\//, sideEffects: false }] },
  tsconfig: join(ROOT, 'tsconfig.base.json'),
  transform: { define: { COMMIT: JSON.stringify(commit()) } },
  external: (id, importer) => staysOutside(id) && !isNested(id, importer),
  resolve: {
    conditionNames: ['@portillon/source', 'require', 'node', 'default'],
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
  plugins: [
    { name: 'production-only', generateBundle: (_options, bundle) => refuse(forDevelopment(bundle)) },
    { name: 'mail-templates', generateBundle: emitTemplates },
    { name: 'workers', generateBundle: emitWorkers },
    { name: 'parts', generateBundle: emitParts },
  ],
  // Left as they are, they would be missed by the first person who signs in.
  onLog(level, log, print) {
    print(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
  },
  output: {
    dir: join(import.meta.dirname, 'dist'),
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    sourcemap: true,
    // A ninth of the text that Node reads and keeps.
    comments: { legal: true, annotation: false, jsdoc: false },
    // Nest names a provider, and Swagger a schema, by its class.
    keepNames: true,
  },
});

/** Beside the bundle, where a hospital may replace them. */
function emitTemplates() {
  for (const file of readdirSync(TEMPLATES)) {
    this.emitFile({
      type: 'asset',
      fileName: `templates/${file}`,
      source: readFileSync(join(TEMPLATES, file)),
    });
  }
}

/** A thread runs a file of its own. */
function emitWorkers() {
  for (const worker of WORKERS) {
    this.emitFile({ type: 'asset', fileName: basename(worker), source: readFileSync(worker) });
  }
}

/** What the server and the pages are made of and with, and its digest, which `portillon trust` tells. */
async function emitParts() {
  const source = sbomText(await sbomOf());
  const digest = createHash('sha256').update(source).digest('hex');
  this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source });
  this.emitFile({ type: 'asset', fileName: 'sbom.sha256', source: `${digest}\n` });
}

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
function forDevelopment(bundle) {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const asked = Object.values(bundle).flatMap((chunk) => [
    ...(chunk.imports ?? []),
    ...(chunk.dynamicImports ?? []),
  ]);
  return [...new Set(asked.map(packageOf))].filter((name) => packages[`node_modules/${name}`]?.dev);
}

function refuse(names) {
  if (names.length) throw new Error(`For development only, yet the server asks for it: ${names.join(', ')}`);
}

function packageOf(id) {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}
