import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Server, type Surroundings } from './server';
import { expect, type Page, test as base } from './test';

/** How the provider behaves: see `tools/psc-provider`. */
export interface Mood {
  down?: ('discovery' | 'token' | 'userinfo' | 'jwks')[];
  idToken?: { claims?: Record<string, unknown>; foreignKey?: boolean };
  userinfo?: { claims?: Record<string, unknown> };
}

interface Ready {
  issuer: string;
  walletOrigin: string;
  discoveryUrl: string;
  clientId: string;
  clientSecret: string;
}

const PROGRAM = join(__dirname, '../../../../tools/psc-provider/main.mjs');
const START_LIMIT_MS = 20_000;

/** A real OpenID provider that replaces Pro Santé Connect, with the demo's professionals to pick. */
export class Provider implements Surroundings {
  readonly scheme = 'http';
  #process?: ChildProcess;
  #ready?: Ready;
  #asked = 0;

  constructor(private readonly atStart: Mood) {}

  origins = () => (this.#ready ? [new URL(this.#ready.issuer).origin, this.#ready.walletOrigin] : []);

  ready = async (url: string) => {
    await this.stop();
    this.#process = spawn(process.execPath, [PROGRAM, '--public-url', url], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const lines = createInterface({ input: this.#process.stdout! });
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [string];
    this.#ready = JSON.parse(line) as Ready;
    await this.be(this.atStart);
    const { discoveryUrl, clientId, clientSecret } = this.#ready;
    return { PSC_DISCOVERY_URL: discoveryUrl, PSC_CLIENT_ID: clientId, PSC_CLIENT_SECRET: clientSecret };
  };

  /** Its behaviour from now on. Default: correct. */
  async be(mood: Mood = {}): Promise<void> {
    const id = ++this.#asked;
    const answer = once(this.#process!, 'message');
    this.#process!.send({ id, act: 'mood', value: mood });
    await answer;
  }

  async stop(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exit;
  }
}

interface Fixtures {
  /** Behaves as it should again after each test. */
  provider: Provider;
}

/** Tests whose server offers Pro Santé Connect; `atStart` is how that is when the server starts. */
export function withProSanteConnect(atStart: Mood) {
  return base.extend<Fixtures, { around: { server: Server; provider: Provider } }>({
    around: [
      // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
      async ({}, use) => {
        const provider = new Provider(atStart);
        const server = await Server.open(provider);
        await use({ server, provider });
        await server.close();
        await provider.stop();
      },
      { scope: 'worker' },
    ],
    server: [({ around }, use) => use(around.server), { scope: 'worker' }],
    // Both keep the machine's time: what a provider signed long ago proves nothing.
    apart: 0,
    provider: async ({ around: { provider } }, use) => {
      await use(provider);
      await provider.be(atStart);
    },
  });
}

/** It answers from the start. One for every file: a worker keeps its server for tests of the same fixtures. */
export const testWithProSanteConnect = withProSanteConnect({});

/** To the provider, by the link of the sign-in page. */
export async function leaveForProSanteConnect(page: Page): Promise<void> {
  if (new URL(page.url()).pathname !== '/connexion') await page.goto('/connexion');
  await page.getByRole('link', { name: 'S’identifier avec Pro Santé Connect' }).click();
  await expect(page.getByRole('heading', { name: 'Choisir un professionnel' })).toBeVisible();
}

/** At the provider: one of the demo's professionals. */
export async function pick(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
}
