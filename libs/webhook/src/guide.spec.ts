import { Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import { freePort } from '@portillon/testing';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { KEY } from './testing/webhook.fixture';
import { WebhookSecretService, signatureHeaders } from './webhook-secret.service';

const ROOT = join(__dirname, '../../..');
const clock = new SystemClock();
const { secret } = new WebhookSecretService(new Keyring([KEY]), new SystemRandom(clock), clock).make(
  'webhook',
);

describe('the receiver of the guide', () => {
  let folder: string;
  let receiver: ChildProcess;
  let port: number;
  const printed: string[] = [];

  beforeAll(async () => {
    const page = readFileSync(join(ROOT, 'docs/guide/integrate/webhooks.md'), 'utf8');
    const [, program] = /^```js\n(.*?)^```/ms.exec(page)!;
    // Inside the repository, so that what it imports is found.
    mkdirSync(join(ROOT, 'tmp'), { recursive: true });
    folder = mkdtempSync(join(ROOT, 'tmp', 'webhook-guide-'));
    writeFileSync(join(folder, 'receiver.mjs'), program!);
    port = await freePort();
    const env = { PORT: String(port), WEBHOOK_SECRET: secret };
    receiver = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: receiver.stdout! }).on('line', (line) => printed.push(line));
  });

  afterAll(async () => {
    receiver.kill();
    if (receiver.exitCode === null) await once(receiver, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const body = JSON.stringify({ type: 'account.created', data: { accountId: 'claire' } });
  const headers = signatureHeaders({ id: 'delivery', body, at: clock.now(), secrets: [secret] });
  const deliver = async (sent: string): Promise<number> => {
    try {
      return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: sent })).status;
    } catch {
      if (receiver.exitCode !== null) throw new Error('The receiver ended');
      // It has only just been started.
      return deliver(sent);
    }
  };

  it('accepts a signed request, once, and nothing else', async () => {
    expect(await deliver(body)).toBe(204);
    expect(await deliver(body)).toBe(204);
    expect(await deliver(body.replace('claire', 'nadia'))).toBe(400);
    while (printed.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(printed).toEqual(['account.created claire']);
  });
});
