import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command.mjs';

const TYPES = ['feat', 'fix', 'perf', 'refactor', 'test', 'docs', 'build', 'chore', 'style', 'revert'];
/** Folders whose subfolders are valid scopes: Nx projects, parts of the tools and of the documents. */
export const NAMED = ['.', 'apps', 'libs', 'tools', 'docs'];
/** Scopes without a folder: the whole, its demo, and the commits of `nx release`. */
const OTHERS = ['portillon', 'demo', 'release'];
const LIMIT = 72;

const SHAPE = /^(?<type>[a-z]+)\((?<project>[a-z0-9-]+)\)!?: \S.*[^\s.]$/;
/** Subjects of Git itself. A fixup is merged into its commit before review, so only the hook accepts one. */
const BY_GIT = /^(?:Revert ".+"|Merge .+)$/;

/** Names of the projects and folders of the work tree. */
export function projectNames() {
  return NAMED.flatMap((folder) => readdirSync(join(ROOT, folder), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Returns the problem of a commit's subject, in one sentence; nothing when it is valid. */
export function faultOf(subject, projects = projectNames()) {
  if (BY_GIT.test(subject)) return undefined;
  if (subject.length > LIMIT) return `it has ${subject.length} characters, and ${LIMIT} are read everywhere`;
  const match = SHAPE.exec(subject);
  if (!match) return 'it is not written "type(project): one act", with one project and without a full stop';
  if (!TYPES.includes(match.groups.type)) return `its type is none of ${TYPES.join(', ')}`;
  const { project } = match.groups;
  return [...projects, ...OTHERS].includes(project) ? undefined : `no project or folder is called ${project}`;
}
