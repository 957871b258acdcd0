import { expect, it } from 'vitest';
import { releaseNotes } from '../workspace/release-notes.mjs';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.4.0-rc.1] - 2026-12-02

- A candidate.

## [1.4.0] - 2026-12-01

### Added

- A code is taken once.

## [1.3.0] - 2026-11-01

- Before.

## [1.2.0] - 2026-10-01
`;
const of = (version) => ({
  changelog: CHANGELOG,
  versions: { 'package.json': version, 'apps/api/package.json': version },
});

it('returns the section of the tagged version in the changelog, and of no other', () => {
  expect(releaseNotes('v1.4.0', of('1.4.0'))).toEqual({
    notes: '### Added\n\n- A code is taken once.',
    problems: [],
  });
});

it('returns the section of a release candidate', () => {
  expect(releaseNotes('v1.4.0-rc.1', of('1.4.0-rc.1'))).toEqual({ notes: '- A candidate.', problems: [] });
});

it.each([
  ['a tag of another form', '1.4.0', '1.4.0', 'is no tag of a release'],
  ['a tag of another kind of release', 'v1.4.0-beta', '1.4.0-beta', 'is no tag of a release'],
  ['manifests of the release for a candidate', 'v1.4.0-rc.1', '1.4.0', 'package.json says 1.4.0'],
  ['a manifest of another version', 'v1.4.0', '1.3.9', 'package.json says 1.3.9'],
  ['a version that the changelog does not have', 'v1.5.0', '1.5.0', 'no heading « ## [1.5.0]'],
  ['a version of which it says nothing', 'v1.2.0', '1.2.0', 'says nothing under [1.2.0]'],
])('refuses %s', (_what, tag, version, words) => {
  expect(releaseNotes(tag, of(version)).problems.join()).toContain(words);
});
