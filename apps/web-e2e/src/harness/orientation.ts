import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Provider } from './pro-sante-connect';
import { Server, type Surroundings } from './server';
import { test as base } from './test';

const PROGRAM = join(__dirname, '../../../../tools/orientation/main.mjs');
const START_LIMIT_MS = 20_000;

/** The demo's application, behind the gate; the demo's Pro Santé Connect beside it. */
export class Orientation implements Surroundings {
  readonly scheme = 'http';
  readonly #proSanteConnect = new Provider({});
  #process?: ChildProcess;
  #url = '';

  get url(): string {
    return this.#url;
  }

  origins = () => [this.#url, ...this.#proSanteConnect.origins()];

  ready = async (url: string, folder: string) => {
    await this.stop();
    const registration = join(folder, 'data/orientation.json');
    this.#process = spawn(process.execPath, [PROGRAM, '--issuer', url, '--registration', registration], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const lines = createInterface({ input: this.#process.stdout! });
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [string];
    this.#url = (JSON.parse(line) as { url: string }).url;
    const beside = await this.#proSanteConnect.ready(url);
    return {
      ...beside,
      ACR_OF_MEANS: 'pro-sante-connect=eidas2@DEMO',
      DEMO_APPLICATION_URL: this.#url,
      OUTBOUND_ALLOW: 'localhost',
      TEST_TURN_MS: '250',
    };
  };

  async stop(): Promise<void> {
    await this.#proSanteConnect.stop();
    if (!this.#process || this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exit;
  }
}

/** Tests whose server has the demo's application behind it. */
export const testWithOrientation = base.extend<
  { orientation: Orientation },
  { around: { server: Server; orientation: Orientation } }
>({
  around: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const orientation = new Orientation();
      const server = await Server.open(orientation);
      await use({ server, orientation });
      await server.close();
      await orientation.stop();
    },
    { scope: 'worker' },
  ],
  server: [({ around }, use) => use(around.server), { scope: 'worker' }],
  orientation: ({ around }, use) => use(around.orientation),
  // The application keeps the machine's time.
  apart: 0,
});
