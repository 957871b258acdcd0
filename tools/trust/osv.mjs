import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';

const ECOSYSTEM = 'npm';
const LIST = 'docs/trust/weaknesses.yaml';

/**
 * Compares every package of a lock with known weaknesses, from a file or a folder of OSV entries. Uses no network.
 * `state` is `unknown` without entries. Otherwise `latest` is the day of the latest entry, and `problems` has one
 * sentence for each affected package. `waiting`: weaknesses that are accepted, for a reason and until a day.
 *
 * @see https://ossf.github.io/osv-schema
 */
export function weaknessesOf(lock, { path, waiting = [] }) {
  const malformed = waiting.flatMap(formProblem);
  if (!path) return unknown(malformed);
  if (!existsSync(path)) return unknown([...malformed, `OSV_PATH: ${path} is not there.`]);
  const installed = installedOf(lock);
  const found = [];
  let [entries, latest] = [0, ''];
  for (const entry of entriesIn(path)) {
    entries += 1;
    if (entry.modified > latest) latest = entry.modified;
    found.push(...affectedBy(entry, installed));
  }
  if (entries === 0) return unknown([...malformed, `OSV_PATH: ${path} has no entry of OSV.`]);
  const day = latest.slice(0, 10);
  const told = found.filter((one) => !waiting.some((row) => isOf(row, one) && row.until >= day));
  const problems = told.map(({ sentence }) => `${sentence} (OSV of ${day}).`).sort();
  const over = waiting.filter((row) => !found.some((one) => isOf(row, one)));
  return {
    ...{ state: 'compared', entries, latest: day, waiting },
    problems: [
      ...malformed,
      ...problems,
      ...over.map((row) => `${LIST}: ${row.id} waits, and no ${row.package} of the lock has it any more.`),
    ],
  };
}

function unknown(problems) {
  return { state: 'unknown', entries: 0, problems };
}

function isOf(row, { id, name }) {
  return row.id === id && row.package === name;
}

function formProblem(row) {
  const missing = ['id', 'package', 'why', 'until'].filter((field) => typeof row?.[field] !== 'string');
  return missing.map((field) => `${LIST}: ${row?.id ?? 'a row'} does not say its ${field}, as a text.`);
}

/** Each installed registry package with its versions, by name; `isTool`: no shipped package needs it. */
function installedOf({ packages }) {
  const byName = new Map();
  for (const [path, { version, link, dev, name }] of Object.entries(packages)) {
    if (link || !path.includes('node_modules/')) continue;
    const called = name ?? path.replace(/^.*node_modules\//, '');
    byName.set(called, new Map([...(byName.get(called) ?? []), [version, Boolean(dev)]]));
  }
  return byName;
}

function* entriesIn(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort())
      if (name.endsWith('.json')) yield* entriesIn(join(path, name));
    return;
  }
  yield* [JSON.parse(readFileSync(path, 'utf8'))].flat();
}

function affectedBy({ id, summary = '', withdrawn, affected = [] }, installed) {
  if (withdrawn) return [];
  return affected
    .filter(({ package: { ecosystem } = {} }) => ecosystem === ECOSYSTEM)
    .flatMap((one) => {
      const versions = installed.get(one.package.name) ?? new Map();
      return [...versions]
        .filter(([version]) => isAffected(version, one))
        .map(([version, isTool]) => {
          const where = isTool ? ', for development only,' : '';
          const what = `has the known weakness ${id}${summary && `, « ${summary} »`}`;
          const { name } = one.package;
          return { id, name, sentence: `${name}@${version}${where} ${what}: ${fixOf(version, one)}` };
        });
    });
}

/** As defined by the schema: a listed version, or one inside a range. */
function isAffected(version, { versions = [], ranges = [] }) {
  return versions.includes(version) || semverRanges(ranges).some((events) => standsIn(version, events));
}

function standsIn(version, events) {
  let stands = false;
  for (const [kind, at] of events) {
    if (kind === 'introduced' && (at === '0' || semver.gte(version, at))) stands = true;
    if (kind === 'fixed' && semver.gte(version, at)) stands = false;
    if (kind === 'last_affected' && semver.gt(version, at)) stands = false;
  }
  return stands;
}

function fixOf(version, { ranges = [] }) {
  const fixes = semverRanges(ranges)
    .flat()
    .filter(([kind, at]) => kind === 'fixed' && semver.gt(at, version))
    .map(([, at]) => at);
  return fixes.length ? `fixed in ${semver.sort(fixes)[0]}` : 'no version fixes it yet';
}

/** Each range as its events, earliest first; at the same version, the fix counts. */
function semverRanges(ranges) {
  return ranges
    .filter(({ type }) => type === 'SEMVER')
    .map(({ events }) => events.flatMap((event) => Object.entries(event)).sort(byVersion));
}

function byVersion([kind, at], [otherKind, other]) {
  if (at === '0' || other === '0') return Number(other === '0') - Number(at === '0');
  return semver.compare(at, other) || Number(kind !== 'introduced') - Number(otherKind !== 'introduced');
}
