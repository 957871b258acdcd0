import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { weaknessesOf } from './osv.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portillon-osv-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(file, { force: true }));

const file = join(folder, 'entries.json');
const LOCK = {
  packages: {
    'apps/api': { name: '@portillon/api', version: '1.0.0' },
    'node_modules/@portillon/otp': { resolved: 'libs/otp', link: true },
    'node_modules/parser': { version: '2.4.1' },
    'node_modules/tool/node_modules/parser': { version: '1.0.0', dev: true },
    'node_modules/other-name': { name: '@scope/real', version: '3.0.0-rc.1' },
  },
};
const range = (...events) => ({ type: 'SEMVER', events });
const weakness = (affected, more) => ({
  id: 'GHSA-test-0001',
  modified: '2026-11-20T09:00:00Z',
  summary: 'reads for ever',
  affected: [{ package: { ecosystem: 'npm', name: 'parser' }, ...affected }],
  ...more,
});

function problemsOf(...entries) {
  writeFileSync(file, JSON.stringify(entries));
  return weaknessesOf(LOCK, { path: file }).problems;
}

it('names the affected version, the version that fixes it, and the day of the data', () => {
  expect(problemsOf(weakness({ ranges: [range({ introduced: '2.0.0' }, { fixed: '2.4.2' })] }))).toEqual([
    'parser@2.4.1 has the known weakness GHSA-test-0001, « reads for ever »: fixed in 2.4.2 (OSV of 2026-11-20).',
  ]);
});

it.each([
  ['from the first version on', { ranges: [range({ introduced: '0' })] }, ['1.0.0', '2.4.1']],
  ['until the fix', { ranges: [range({ introduced: '0' }, { fixed: '2.4.1' })] }, ['1.0.0']],
  [
    'until the last that has it',
    { ranges: [range({ introduced: '2.0.0' }, { last_affected: '2.4.1' })] },
    ['2.4.1'],
  ],
  ['of before', { ranges: [range({ introduced: '0' }, { last_affected: '0.9.9' })] }, []],
  [
    'that came back',
    { ranges: [range({ fixed: '2.0.0' }, { introduced: '0' }, { introduced: '2.4.0' })] },
    ['1.0.0', '2.4.1'],
  ],
  [
    'in two ranges',
    { ranges: [range({ introduced: '0' }, { fixed: '1.0.1' }), range({ introduced: '3.0.0' })] },
    ['1.0.0'],
  ],
  ['by its number', { versions: ['1.0.0'] }, ['1.0.0']],
  ['by commits alone', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }, []],
])('knows what is affected: %s', (_what, affected, versions) => {
  const found = problemsOf(weakness(affected)).map((one) => /^parser@(\S+?),? /.exec(one)[1]);
  expect(found).toEqual(versions);
});

it('marks a package that is for development only', () => {
  const [problem] = problemsOf(weakness({ versions: ['1.0.0'] }));
  expect(problem).toContain('parser@1.0.0, for development only, has');
  expect(problem).toContain('no version fixes it yet');
});

it('finds a package under the name that it was published by', () => {
  const real = {
    package: { ecosystem: 'npm', name: '@scope/real' },
    ranges: [range({ introduced: '3.0.0-rc.0' })],
  };
  expect(problemsOf(weakness(real))).toEqual([expect.stringContaining('@scope/real@3.0.0-rc.1 has')]);
});

it.each([
  [
    'of another ecosystem',
    { affected: [{ package: { ecosystem: 'PyPI', name: 'parser' }, versions: ['2.4.1'] }] },
  ],
  ['that was withdrawn', { withdrawn: '2026-11-21T00:00:00Z' }],
])('passes over an entry %s', (_what, more) => {
  expect(problemsOf(weakness({ versions: ['2.4.1'] }, more))).toEqual([]);
});

it('reads a folder, an entry in each file, and is as old as the latest of them', () => {
  const others = mkdtempSync(join(folder, 'entries-'));
  const late = weakness({}, { id: 'GHSA-test-0002', modified: '2026-11-28T00:00:00Z' });
  for (const [name, entry] of Object.entries({ one: weakness({ versions: ['2.4.1'] }), two: late }))
    writeFileSync(join(others, `${name}.json`), JSON.stringify(entry));
  writeFileSync(join(others, 'README.md'), 'Of which day.');
  const { state, entries, latest, problems } = weaknessesOf(LOCK, { path: others });
  expect({ state, entries, latest }).toEqual({ state: 'compared', entries: 2, latest: '2026-11-28' });
  expect(problems).toHaveLength(1);
});

it('says that it does not know, rather than that all is well, where nothing was brought', () => {
  expect(weaknessesOf(LOCK, {})).toMatchObject({ state: 'unknown', problems: [] });
  expect(weaknessesOf(LOCK, { path: join(folder, 'gone') })).toMatchObject({
    state: 'unknown',
    problems: [expect.stringContaining('is not there')],
  });
  writeFileSync(file, '[]');
  expect(weaknessesOf(LOCK, { path: file }).problems).toEqual([
    expect.stringContaining('has no entry of OSV'),
  ]);
});

describe('a weakness that waits', () => {
  const ROW = {
    id: 'GHSA-test-0001',
    package: 'parser',
    why: 'Nothing of ours parses.',
    until: '2026-12-31',
  };
  const problemsWith = (row, modified = '2026-11-20T09:00:00Z') => {
    writeFileSync(file, JSON.stringify([weakness({ versions: ['2.4.1'] }, { modified })]));
    return weaknessesOf(LOCK, { path: file, waiting: [row] }).problems;
  };

  it('is no problem until its day, and one after it', () => {
    expect(problemsWith(ROW)).toEqual([]);
    expect(problemsWith(ROW, '2027-01-01T00:00:00Z')).toEqual([expect.stringContaining('parser@2.4.1 has')]);
  });

  it('covers neither another weakness nor another package, and is named once it is over', () => {
    const others = [
      { ...ROW, id: 'GHSA-test-0009' },
      { ...ROW, package: 'reader' },
    ];
    for (const row of others) {
      const problems = problemsWith(row).join('\n');
      expect(problems).toContain('parser@2.4.1 has');
      expect(problems).toContain(`${row.id} waits, and no ${row.package} of the lock has it any more`);
    }
  });

  it.each(['package', 'why', 'until'])('says its %s', (field) => {
    expect(problemsWith({ ...ROW, [field]: undefined }).join()).toContain(`does not say its ${field}`);
  });
});
