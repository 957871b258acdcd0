import { expect, it } from 'vitest';
import { run } from '../workspace/command.mjs';

const LATEST = 50;

it(`the latest ${LATEST} commits since there is a rule have subjects that follow it`, async () => {
  const rule = await git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'tools/commits.mjs');
  const since = await git('rev-list', '--count', '--first-parent', `${rule}..HEAD`);
  const first = Number(since) > LATEST ? `HEAD~${LATEST}` : rule;
  const { code, output } = await run(process.execPath, ['tools/commits.mjs', `${first}..HEAD`]);
  expect(output).toBe('');
  expect(code).toBe(0);
});

async function git(...args) {
  return (await run('git', args)).stdout.trim();
}
