import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './command.mjs';
import { isDemo, setting } from './settings.mjs';

const START_LIMIT_MS = 15_000;

/**
 * Starts in the demo the provider that replaces Pro Santé Connect, and returns the settings for the server. Returns
 * none outside the demo, or where another provider is configured. The provider ends with this process. `backend`:
 * address of the server for the provider, when it is not the public one; `authority`: the issuer of that server's
 * certificate. When the provider fails, the demo continues without it.
 */
export function demoProSanteConnect(settings) {
  return startProvider(settings).catch((error) => {
    console.error(`Pro Santé Connect is left out of the demo: ${error.message}`);
    return {};
  });
}

async function startProvider({ publicUrl = demoUrl(), backend, authority } = {}) {
  if (!isDemo() || setting('PSC_DISCOVERY_URL')) return {};
  const program = join(ROOT, 'tools/psc-provider/main.mjs');
  const args = ['--public-url', new URL(publicUrl).origin, ...(backend ? ['--backend', backend] : [])];
  const provider = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}) },
  });
  // The channel alone must not keep this process running: through it the provider notices our end.
  provider.unref();
  provider.channel?.unref();
  const lines = createInterface({ input: provider.stdout });
  const [line] = await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) });
  provider.stdout.unref?.();
  const { discoveryUrl, clientId, clientSecret } = JSON.parse(line);
  return {
    PSC_DISCOVERY_URL: discoveryUrl,
    PSC_CLIENT_ID: clientId,
    PSC_CLIENT_SECRET: clientSecret,
    // Gives the demo's application an action for which password and code do not suffice.
    ACR_OF_MEANS: setting('ACR_OF_MEANS', 'pro-sante-connect=eidas2@DEMO'),
  };
}

function demoUrl() {
  return setting('PUBLIC_URL', `http://localhost:${setting('PORT', 3000)}`);
}
