import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What to put before the program, so that {@link ask} is answered. */
export const PROBE_ARGS = [
  '--expose-gc',
  '--require',
  fileURLToPath(new URL('./probe.cjs', import.meta.url)),
];

/** Asks the probe inside the server for `act` of probe.cjs and waits for what it says. */
export async function ask(side, act, params = {}) {
  const answer = once(side.server.child, 'message');
  side.server.child.send({ act, ...params });
  return (await answer)[0].result;
}
