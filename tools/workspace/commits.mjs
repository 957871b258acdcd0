import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command.mjs';

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'build', 'chore', 'style', 'revert'];
/** Folders whose folders name a commit: the projects of Nx, the parts of the tools and of the documents. */
export const NAMED = ['.', 'apps', 'libs', 'tools', 'docs'];
/** What has no folder: the whole, its demo, what `nx release` commits. */
const OTHERS = ['portillon', 'demo', 'release'];
const LIMIT = 72;

const SHAPE = /^(?<type>[a-z]+)\((?<project>[a-z0-9-]+)\)!?: \S.*[^\s.]$/;
/** Git's own subjects; a fixup goes into its commit before others read it, so that only the hook takes one. */
const BY_GIT = /^(?:Revert ".+"|Merge .+)$/;

/** The names of the projects and folders of the work tree. */
export function projectNames() {
  return NAMED.flatMap((folder) => readdirSync(join(ROOT, folder), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** What is wrong with the subject of a commit, in one sentence; nothing when it is right. */
export function faultOf(subject, projects = projectNames()) {
  if (BY_GIT.test(subject)) return undefined;
  if (subject.length > LIMIT) return `it has ${subject.length} characters, and ${LIMIT} are read everywhere`;
  const match = SHAPE.exec(subject);
  if (!match) return 'it is not written "type(project): one act", with one project and without a full stop';
  if (!TYPES.includes(match.groups.type)) return `its type is none of ${TYPES.join(', ')}`;
  const { project } = match.groups;
  return [...projects, ...OTHERS].includes(project) ? undefined : `no project or folder is called ${project}`;
}
