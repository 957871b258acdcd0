import { expect, it } from 'vitest';
import { run } from '../../tools/workspace/command.mjs';

it('upgrades two instances of the last release while people sign in, without a failure', async () => {
  const { code, output } = await run(process.execPath, ['tools/bench/prove/run.mjs', 'upgrade', '--quick']);
  expect(output).toContain('Everything held: nobody stayed out, and nothing was lost.');
  expect(code).toBe(0);
});
