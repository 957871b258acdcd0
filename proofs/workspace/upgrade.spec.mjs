import { expect, it } from 'vitest';
import { run } from '../../tools/workspace/command.mjs';

it('two instances of the last release are upgraded while people sign in, and everybody comes in', async () => {
  const { code, output } = await run(process.execPath, ['tools/bench/prove/run.mjs', 'upgrade', '--quick']);
  expect(output).toContain('Everything held: nobody stayed out, and nothing was lost.');
  expect(code).toBe(0);
});
