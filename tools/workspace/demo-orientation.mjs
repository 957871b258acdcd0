import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './command.mjs';
import { isDemo, setting } from './settings.mjs';

const START_LIMIT_MS = 15_000;
const PORT = '3010';

/**
 * In the demo: starts the application behind the gate, and resolves to the settings with which the server registers
 * it; otherwise to nothing. It ends with this process. The demo continues without it.
 */
export function demoOrientation() {
  return startOrientation().catch((error) => {
    console.error(`Orientation is left out of the demo: ${error.message}`);
    return {};
  });
}

async function startOrientation() {
  if (!isDemo() || setting('DEMO_APPLICATION_URL')) return {};
  const issuer = new URL(setting('PUBLIC_URL', `http://localhost:${setting('PORT', 3000)}`)).origin;
  const args = ['--issuer', issuer, '--registration', join(ROOT, 'data/orientation.json'), '--port', PORT];
  const application = spawn(process.execPath, [join(ROOT, 'tools/orientation/main.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  // The channel alone must not keep this process running: through it the application notices our end.
  application.unref();
  application.channel?.unref();
  const lines = createInterface({ input: application.stdout });
  const [line] = await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) });
  application.stdout.unref?.();
  // The server sends sign-outs to it on this machine, and refuses requests to localhost by default.
  return {
    DEMO_APPLICATION_URL: JSON.parse(line).url,
    OUTBOUND_ALLOW: setting('OUTBOUND_ALLOW', 'localhost'),
  };
}
