import { randomBytes } from 'node:crypto';
import type { Server } from '../harness/server/server';
import { useStage } from '../harness/server/stage';

/** The embedded database serves one process. */
const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? describe : describe.skip;

// Each test starts and stops several processes.
jest.setTimeout(120_000);

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

onMariadb('a rotation of the keys over two servers', () => {
  const [old, younger] = [key('old'), key('new')];
  const stage = useStage({ engine: 'MariaDB', environment: { SECRET_KEYS: old } });
  let other: Server;

  beforeAll(async () => void (other = await stage.anotherServer()), 30_000);

  const keys = (...texts: string[]) => ({ SECRET_KEYS: texts.join(',') });
  const rotate = (...texts: string[]) => stage.command(['keys', 'rotate'], '', keys(...texts));
  const replaced = async (server: Server, ...texts: string[]) => {
    await server.stop();
    return stage.anotherServer(keys(...texts));
  };

  it('begins with a new key, of which the command says where it goes', async () => {
    await stage.signedIn();
    expect((await stage.command(['audit', 'seal'])).code).toBe(0);
    const { code, stdout } = await rotate(old);
    expect(code).toBe(0);
    expect(stdout.match(/^Running: \S+ with old\.$/gm)).toHaveLength(2);
    expect(stdout).toMatch(/^Made by old: \d+ seals of the journal\.$/m);
    expect(stdout).toMatch(/^ {2}SECRET_KEYS=<as it is now>,k[0-9a-f]{8}:[A-Za-z0-9+/]{43}=$/m);
    expect(stdout).not.toContain(old.split(':')[1]);
  });

  it('refuses the start of a server that skips the first step, and names the setting and the step', async () => {
    const text = /SECRET_KEYS begins with new, which \S+ does not have.*first new last, on every/;
    const start = stage.anotherServer(keys(younger, old));
    await expect(start).rejects.toThrow(text);
    await expect(start).rejects.not.toThrow(younger.split(':')[1]);
    const { stdout } = await stage.command(['doctor'], '', keys(younger, old));
    expect(stdout).toMatch(/^FAIL +keys +SECRET_KEYS begins with new/m);
  });

  it('refuses the start of such a worker', async () => {
    const { code, output } = await stage.command(['worker'], '', { ...keys(younger, old), OPS_PORT: '0' });
    expect([code, output]).toEqual([1, expect.stringContaining('SECRET_KEYS begins with new')]);
  });

  it('continues only when all instances have the new key', async () => {
    other = await replaced(other, old, younger);
    expect((await rotate(old, younger)).stdout).toMatch(/Step 1 of 2, under way: new is still to be added/);
    stage.server = await replaced(stage.server, old, younger);
    const { stdout } = await rotate(old, younger);
    expect(stdout).toMatch(/Step 2 of 2: put new first/);
    expect(stdout).toContain('\n  SECRET_KEYS=new:…,old:…\n');
  });

  it('accepts on each server the data that the other encrypts with another key', async () => {
    other = await replaced(other, younger, old);
    expect((await rotate(younger, old)).stdout).toMatch(
      /Step 2 of 2, under way: new makes at .*; old makes at/,
    );
    const claire = await stage.person();
    for (const [first, then] of [
      [stage.server, other],
      [other, stage.server],
    ]) {
      const browser = stage.visitor().through(first!.url);
      await claire.givePassword(browser);
      const answer = await browser
        .through(then!.url)
        .post('/api/sign-in/code', { code: claire.codeInMail() });
      expect(answer.outcome).toBe('200');
    }
  });

  it('refuses an instance with only the old key, which could not read data of the others', async () => {
    const start = stage.anotherServer(keys(old));
    await expect(start).rejects.toThrow(/SECRET_KEYS lacks new, the key with which \S+ makes/);
  });

  it('is over when the new key makes everywhere, and the journal is proven', async () => {
    stage.server = await replaced(stage.server, younger, old);
    await stage.signedIn();
    expect((await stage.command(['audit', 'seal'], '', keys(younger, old))).code).toBe(0);
    const { stdout } = await rotate(younger, old);
    expect(stdout).toMatch(/^new makes everywhere\. old may leave SECRET_KEYS/m);
    expect((await stage.command(['audit', 'verify'], '', keys(younger, old))).stdout).toContain('PROVEN: ');
  });
});
