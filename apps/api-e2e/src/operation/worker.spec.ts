import { once } from 'node:events';
import { freePort } from '@portillon/testing/servers';
import type { Answer } from '../harness/people/answer.types';
import { eventually } from '../harness/server/eventually';
import { NotifySocket } from '../harness/server/notify-socket';
import { readinessOnce } from '../harness/server/readiness';
import { startCommand } from '../harness/server/server';
import { useStage } from '../harness/server/stage';

const RESET = 'nouveau mot de passe';

describe('the worker', () => {
  const stage = useStage();

  it('sends the pending messages of a killed server, reports its health, and stops on its signal', async () => {
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
    const metrics = await (await fetch(`${operations}/metrics`)).text();
    expect(metrics).toMatch(/^portillon_mail_total\{.*outcome="sent"\} 1$/m);
    expect(metrics).toContain('portillon_audit_head_sequence');
    worker.kill('SIGTERM');
    await exit;
    expect(stage.smtp.mails).toHaveLength(1);
  }, 60_000);

  (NotifySocket.available() ? it : it.skip)(
    'says to systemd that it is ready, that it lives and that it stops, and is not ended by a reload',
    async () => {
      const systemd = await NotifySocket.open(stage.folder);
      const worker = startCommand(stage.folder, 'worker', {
        ...stage.environment,
        NOTIFY_SOCKET: systemd.path,
        WATCHDOG_USEC: '200000',
        OPS_PORT: '0',
      });
      const exit = once(worker, 'exit');
      await eventually('a sign of life', () => systemd.heard.includes('WATCHDOG=1'));
      expect(systemd.heard[0]).toBe('READY=1');
      worker.kill('SIGHUP');
      const heard = systemd.heard.length;
      await eventually('more of them', () => systemd.heard.slice(heard + 1).includes('WATCHDOG=1'));
      expect(systemd.heard).not.toContain('STOPPING=1');
      worker.kill('SIGTERM');
      await exit;
      await eventually('its stop', () => systemd.heard.includes('STOPPING=1'));
      systemd.close();
    },
    60_000,
  );
});
