import { expect, it } from 'vitest';
import { run } from '../workspace/command.mjs';

it('an act asks the database for no more than is committed in tools/bench/rows/counts.mjs', async () => {
  const { code, output } = await run(process.execPath, ['tools/bench/run.mjs', '--rows', 'counts']);
  expect(output).toContain('Every bar is met.');
  expect(code).toBe(0);
});
