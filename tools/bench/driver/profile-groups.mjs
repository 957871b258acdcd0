import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Which part of the server a file belongs to; the first that fits. */
const GROUPS = [
  [
    'SQL driver',
    /node_modules\/(mysql2|sqlstring|lru\.min|denque|iconv-lite|libsql|@libsql|named-placeholders|generate-function)\//,
  ],
  ['ORM', /node_modules\/(typeorm|@nestjs\/typeorm)\//],
  ['mail', /node_modules\/(nodemailer|@nestjs-modules\/mailer|handlebars|css-inline|@css-inline)\//],
  ['validation', /node_modules\/(class-validator|class-transformer|validator)\//],
  ['log', /node_modules\/(pino|sonic-boom|thread-stream|pino-std-serializers|quick-format-unescaped)[^/]*\//],
  ['Nest', /node_modules\/(@nestjs\/(core|common)|rxjs|reflect-metadata)\//],
  [
    'HTTP',
    /node_modules\/(fastify|@fastify|@nestjs\/platform-fastify|find-my-way|avvio|light-my-request|cookie|secure-json-parse|fast-json-stringify|set-cookie-parser|proxy-addr|ipaddr\.js)[^/]*\//,
  ],
  ['HTTP', /node:_http|node:internal\/http/],
  ['crypto', /node:(internal\/)?crypto/],
];

/** Waiting, and the inspector that starts and stops the profile. */
const NOT_WORK = new Set(['(idle)', 'dispatch']);

/**
 * Adds a CPU profile up: `{ groups, functions }`, Maps from a name to milliseconds of self time. The self time of
 * Node's own code and of what belongs to no group counts for the nearest caller that has one.
 */
export function addUp(profile) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const node of profile.nodes) for (const child of node.children ?? []) nodes.get(child).parent = node;
  const groups = new Map();
  const functions = new Map();
  for (const [at, id] of profile.samples.entries()) {
    const milliseconds = profile.timeDeltas[at] / 1_000;
    const node = nodes.get(id);
    if (NOT_WORK.has(node.callFrame.functionName)) continue;
    add(groups, groupOf(node), milliseconds);
    add(functions, nameOf(node), milliseconds);
  }
  return { groups, functions };
}

function add(map, key, milliseconds) {
  map.set(key, (map.get(key) ?? 0) + milliseconds);
}

function groupOf(node) {
  if (node.group) return node.group;
  const own = ownGroup(node);
  node.group = own ?? (node.parent ? groupOf(node.parent) : 'Node itself');
  return node.group;
}

function ownGroup(node) {
  const { functionName } = node.callFrame;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'native code outside JavaScript';
  const source = sourceOf(node);
  const own = /(libs\/[^/]+|apps\/api)\//.exec(source);
  if (own && !source.includes('node_modules/')) return own[1];
  return GROUPS.find(([, pattern]) => pattern.test(source))?.[0];
}

function nameOf(node) {
  const { functionName } = node.callFrame;
  return `${functionName || '(anonymous)'} ${sourceOf(node)
    .replace(/^.*node_modules\//, '')
    .replace(/^.*?(?=(libs|apps)\/)/, '')}`;
}

function sourceOf(node) {
  node.source ??= originOf(node.callFrame);
  return node.source;
}

/** The file that the function was written in: bundles tell by their source map. */
function originOf({ url, lineNumber, columnNumber }) {
  const map = url.endsWith('.cjs') && sourceMapOf(url);
  const entry = map && map.findEntry(lineNumber, columnNumber);
  return entry?.originalSource
    ? `${entry.originalSource}:${entry.originalLine + 1}`
    : `${url}:${lineNumber + 1}`;
}

const maps = new Map();

function sourceMapOf(url) {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

function readMap(url) {
  try {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
