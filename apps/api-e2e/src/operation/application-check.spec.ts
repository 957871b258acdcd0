import { setGateRules } from '../harness/applications/gated-application';
import { useStage } from '../harness/server/stage';

describe('portillon application check', () => {
  const stage = useStage();

  it('checks an application behind the gate without taking its own environment for the server’s', async () => {
    const redirectUri = 'https://checked.test/.portillon/callback';
    const args = ['--kind', 'gate', '--name', 'Checked', '--redirect-uri', redirectUri];
    const created = await stage.command(['application', 'create', ...args]);
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(created.stdout)![0];
    await setGateRules(stage, id, [{ paths: ['/'] }]);
    await stage.database.execute('UPDATE application SET firstSeenAt = ? WHERE id = ?', [new Date(), id]);
    const checked = await stage.command(['application', 'check', id]);
    expect([checked.code, checked.stdout]).toEqual([
      0,
      expect.stringContaining('?   \tproxies\tGATE_PROXIES of this command'),
    ]);
    expect(checked.stdout).not.toContain('FAIL');
  });
});
