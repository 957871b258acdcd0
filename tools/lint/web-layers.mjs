import { join, posix, relative, sep } from 'node:path';

/** Independent of the folder in which ESLint runs. */
const ROOT = join(import.meta.dirname, '../..');
const SOURCES = 'apps/web/src/';

/** Folders of the SPA that each folder may not import. Features never import each other. */
const UNKNOWN_TO = {
  api: ['features', 'ui', 'stores', 'router'],
  ui: ['api', 'features', 'stores', 'router'],
  stores: ['features', 'ui', 'router'],
  composables: ['features', 'ui'],
  locales: ['api', 'features', 'ui', 'stores', 'composables', 'router'],
};

const layers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      layer: '{{from}} may not know {{to}}',
      feature: 'A feature may not know another: move what both need to ui, stores or composables',
      client: 'Only api/ speaks to the server: ask it, or import types alone',
    },
  },
  create(context) {
    const file = relative(ROOT, context.filename).split(sep).join('/');
    if (!file.startsWith(SOURCES) || file.endsWith('.spec.ts')) return {};
    const check = (node) => node.source && report(context, node, file.slice(SOURCES.length));
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

function report(context, node, file) {
  const messageId = refusal(file, node);
  if (!messageId) return;
  const [from] = file.split('/');
  context.report({ node, messageId, data: { from, to: target(file, node.source.value) } });
}

function refusal(file, node) {
  const [from, ownFeature] = file.split('/');
  const source = node.source.value;
  if (source === '@portillon/api-client')
    return from === 'api' || node.importKind === 'type' ? undefined : 'client';
  const [to, feature] = (target(file, source) ?? '').split('/');
  if (from === 'features' && to === 'features' && feature !== ownFeature) return 'feature';
  return UNKNOWN_TO[from]?.includes(to) ? 'layer' : undefined;
}

/** Path of the imported file from the root of the sources; nothing for a package. */
function target(file, source) {
  if (typeof source !== 'string') return undefined;
  if (source.startsWith('@/')) return source.slice(2);
  return source.startsWith('.') ? posix.join(posix.dirname(file), source) : undefined;
}

/** Checks the layers of the SPA, and that only `api/` sends requests. */
export const webLayers = [
  { plugins: { portillon: { rules: { 'web-layers': layers } } }, rules: { 'portillon/web-layers': 'error' } },
  {
    files: ['apps/web/src/**/*.{ts,vue}'],
    ignores: ['apps/web/src/api/**', '**/*.spec.ts'],
    rules: { 'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'] },
  },
];
