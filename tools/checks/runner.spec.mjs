import { beforeEach, expect, it, vi } from 'vitest';
import { runChecks } from './runner.mjs';

const log = [];
beforeEach(() => {
  log.length = 0;
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

function check(name, { needs = [], cores = 1, failed = 0, run } = {}) {
  const outcome = { passed: failed ? 0 : 1, failed };
  const work = async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`${name} ends`);
    return outcome;
  };
  return { name, title: name, needs, cores, run: run ?? work };
}

it('runs what fits side by side, and alone what takes every core', async () => {
  await runChecks([check('a'), check('b'), check('all', { cores: Infinity })], 2);
  expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'all begins', 'all ends']);
});

it('waits for what a check needs, wherever it stands in the list', async () => {
  await runChecks([check('late', { needs: ['early'] }), check('early')], 2);
  expect(log).toEqual(['early begins', 'early ends', 'late begins', 'late ends']);
});

it('counts as failed what could not run because of another', async () => {
  const outcomes = await runChecks([check('build', { failed: 1 }), check('tests', { needs: ['build'] })], 2);
  expect(outcomes.map((one) => one.failed)).toEqual([1, 1]);
  expect(log).not.toContain('tests begins');
});

it('goes on after a check that throws', async () => {
  const broken = check('broken', { run: () => Promise.reject(new Error('no')) });
  const outcomes = await runChecks([broken, check('other')], 1);
  expect(outcomes.map((one) => [one.passed, one.failed])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});
