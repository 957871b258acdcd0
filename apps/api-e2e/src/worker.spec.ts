import { once } from 'node:events';
import { startCommand } from './harness/server';
import { useStage } from './harness/stage';

const RESET = 'nouveau mot de passe';

describe('the worker', () => {
  const stage = useStage();

  it('sends what a server that was killed had still to send, and stops when it is told to', async () => {
    const claire = await stage.person();
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    await stage.server.kill();
    expect(stage.smtp.mails).toHaveLength(0);

    const worker = startCommand(stage.folder, 'worker', stage.environment);
    const exit = once(worker, 'exit');
    expect(await claire.tokenIn(RESET)).toBeTruthy();
    worker.kill('SIGTERM');
    await exit;
    expect(stage.smtp.mails).toHaveLength(1);
  }, 60_000);
});
