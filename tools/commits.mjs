import { readFileSync } from 'node:fs';
import { NAMED, faultOf, projectNames } from './workspace/commits.mjs';
import { run } from './workspace/command.mjs';

/**
 * Refuses commits whose subject is not `type(project): one act`. Checks a message before the commit (`node
 * tools/commits.mjs FILE`, from .githooks/commit-msg), or a range (`node tools/commits.mjs main..HEAD`, in CI).
 */
async function check(what) {
  const faults = what.includes('..') ? await faultsOfRange(what) : faultsOfMessage(what);
  for (const fault of faults) console.error(fault);
  if (faults.length) console.error('For example "fix(otp): refuse a code that was used" (CONTRIBUTING.md).');
  process.exitCode = faults.length ? 1 : 0;
}

function faultsOfMessage(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const subject = lines.find((line) => line.trim() && !line.startsWith('#')) ?? '';
  return /^(?:fixup|squash|amend)! /.test(subject) ? [] : faults([subject]);
}

async function faultsOfRange(range) {
  const subjects = await git('log', '--no-merges', '--format=%s', range);
  // A commit may name a project that a later commit removed.
  const before = await git(
    'ls-tree',
    '-d',
    '--name-only',
    range.split('..')[0],
    ...NAMED.map((name) => `${name}/`),
  );
  return faults(subjects, [...projectNames(), ...before.map((path) => path.split('/').at(-1))]);
}

function faults(subjects, projects) {
  return subjects.flatMap((subject) => {
    const fault = faultOf(subject, projects);
    return fault ? [`"${subject}": ${fault}.`] : [];
  });
}

async function git(...args) {
  const { code, stdout, output } = await run('git', args);
  if (code !== 0) throw new Error(output);
  return stdout.split('\n').filter(Boolean);
}

await check(process.argv[2] ?? 'main..HEAD');
