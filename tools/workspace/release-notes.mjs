const TAG = /^v(\d+\.\d+\.\d+(?:-rc\.\d+)?)$/;

/**
 * Notes of this tag's release, from the changelog: `{ notes, problems }`; with problems there must be no release.
 * `versions`: the version in each manifest, by file.
 */
export function releaseNotes(tag, { changelog, versions }) {
  const [, version] = TAG.exec(tag) ?? [];
  if (!version) return refused(`${tag} is no tag of a release: v1.4.0 and v1.4.0-rc.1 are.`);
  const others = Object.entries(versions).filter(([, one]) => one !== version);
  const section = sectionOf(version, changelog);
  return {
    notes: section?.trim(),
    problems: [
      ...others.map(
        ([file, one]) => `${file} says ${one}: it is to say ${version}, in the commit that is tagged.`,
      ),
      ...(section === undefined
        ? [`CHANGELOG.md has no heading « ## [${version}] - YYYY-MM-DD »: move « Unreleased » under it.`]
        : []),
      ...(section?.trim() === '' ? [`CHANGELOG.md says nothing under [${version}].`] : []),
    ],
  };
}

function refused(problem) {
  return { notes: undefined, problems: [problem] };
}

/** Text below the dated heading of a version. */
function sectionOf(version, changelog) {
  const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm');
  const [, after] = changelog.split(heading);
  return after?.split(/^## /m)[0];
}
