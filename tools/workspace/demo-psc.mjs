import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './command.mjs';
import { setting } from './settings.mjs';

const START_LIMIT_MS = 15_000;

/**
 * In the demo: starts the provider that stands in the place of Pro Santé Connect, and resolves to the settings by which
 * the server uses it. Elsewhere, and where another is named, to nothing. It ends with this process.
 */
export async function demoProSanteConnect() {
  const demo = setting('NODE_ENV') !== 'production' && !setting('SMTP_URL');
  if (!demo || setting('PSC_DISCOVERY_URL')) return {};
  const publicUrl = setting('PUBLIC_URL', `http://localhost:${setting('PORT', 3000)}`);
  const program = join(ROOT, 'tools/psc-provider/main.mjs');
  const provider = spawn(process.execPath, [program, '--public-url', new URL(publicUrl).origin], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  // The channel alone must not keep us: it is there so that the provider notices when we are gone.
  provider.unref();
  provider.channel?.unref();
  const lines = createInterface({ input: provider.stdout });
  const [line] = await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) });
  provider.stdout.unref?.();
  const { discoveryUrl, clientId, clientSecret } = JSON.parse(line);
  return { PSC_DISCOVERY_URL: discoveryUrl, PSC_CLIENT_ID: clientId, PSC_CLIENT_SECRET: clientSecret };
}
