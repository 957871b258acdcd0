import { once } from 'node:events';
import { freePort } from '@portillon/testing/servers';
import type { Answer } from './harness/answer.types';
import { readinessOnce } from './harness/readiness';
import { startCommand } from './harness/server';
import { useStage } from './harness/stage';

const RESET = 'nouveau mot de passe';

describe('the worker', () => {
  const stage = useStage();

  it('sends what a server that was killed had still to send, tells how it is, and stops when it is told to', async () => {
    const claire = await stage.person();
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    await stage.server.kill();
    expect(stage.smtp.mails).toHaveLength(0);

    const port = await freePort();
    const worker = startCommand(stage.folder, 'worker', { ...stage.environment, OPS_PORT: String(port) });
    const exit = once(worker, 'exit');
    expect(await claire.tokenIn(RESET)).toBeTruthy();
    const operations = `http://127.0.0.1:${port}`;
    const isUp = ({ body }: Answer) => body.checks.mail.status === 'up';
    expect((await readinessOnce(stage.visitor().through(operations), isUp)).body.status).toBe('ready');
    expect(await (await fetch(`${operations}/metrics`)).text()).toContain('portillon_audit_head');
    worker.kill('SIGTERM');
    await exit;
    expect(stage.smtp.mails).toHaveLength(1);
  }, 60_000);
});
