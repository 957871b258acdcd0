import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from '../harness/server/server';
import { Visitor } from '../harness/people/visitor';

interface DemoMessage {
  channel: 'EMAIL' | 'SMS';
  to: string;
  text: string;
}

describe('the demo, with no setting at all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-demo-'));
  let server: Server;

  beforeAll(async () => {
    server = await Server.start(folder, {});
  }, 30_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const visitor = () => new Visitor({ url: server.url, origin: `http://localhost:${server.port}` });
  const password = () =>
    /^Password: (.+)$/.exec(server.lines.find((line) => line.startsWith('Password: '))!)![1]!;

  async function messages(to: string): Promise<DemoMessage[]> {
    return (await visitor().get(`/demo/messages?to=${encodeURIComponent(to)}`)).body;
  }

  it('prints its addresses, accounts and passwords, and that it is a demo', () => {
    const printed = server.lines.join('\n');
    for (const words of [
      `http://localhost:${server.port}`,
      '/demo/mailbox',
      'claire.martin',
      'demo',
      password(),
    ])
      expect(printed).toContain(words);
  });

  it('signs claire.martin in with the code of the demo mailbox', async () => {
    const browser = visitor();
    const first = await browser.post('/api/sign-in/password', {
      username: 'claire.martin',
      password: password(),
    });
    expect(first.body.challenge.channel).toBe('EMAIL');
    const [mail] = await messages('claire.martin@hopital.example');
    const code = /\b\d{6}\b/.exec(mail!.text)![0];
    expect((await browser.post('/api/sign-in/code', { code })).outcome).toBe('200');
  });

  it('has claire.martin work for two structures, and nadia.benali administer a grouping', async () => {
    const structuresOf = async (username: string) => {
      const browser = visitor();
      await browser.post('/api/sign-in/password', { username, password: password() });
      const [mail] = await messages(`${username}@hopital.example`);
      const signedIn = await browser.post('/api/sign-in/code', { code: /\b\d{6}\b/.exec(mail!.text)![0] });
      const { structures } = signedIn.body.session as { structures: { name: string }[] };
      return { browser, names: structures.map(({ name }) => name) };
    };
    const claire = await structuresOf('claire.martin');
    expect(claire.names).toEqual(['Hôpital des Trois Dames', 'Centre de santé du Port']);
    const nadia = await structuresOf('nadia.benali');
    expect(nadia.names).toEqual(['Hôpital des Trois Dames', 'GHT du Littoral']);
    const reached = (await nadia.browser.get('/api/admin/structures')).body.items as { name: string }[];
    expect(reached.map(({ name }) => name).sort()).toEqual([
      'Clinique de la Baie',
      'EHPAD Les Tilleuls',
      'GHT du Littoral',
      'Hôpital des Trois Dames',
    ]);
  });

  it('proves and prefers the mobile of paul.durand by its own SMS', async () => {
    const browser = visitor();
    await browser.post('/api/sign-in/password', { username: 'paul.durand', password: password() });
    const [mail] = await messages('paul.durand@centre.example');
    await browser.post('/api/sign-in/code', { code: /\b\d{6}\b/.exec(mail!.text)![0] });
    expect((await browser.get('/api/account')).body.phone.status).toBe('VERIFIED');
    await browser.patch('/api/account', { codeChannel: 'SMS' });
    const next = await browser.post('/api/sign-in/password', {
      username: 'paul.durand',
      password: password(),
    });
    expect(next.body.challenge).toMatchObject({ channel: 'SMS', otherChannels: ['EMAIL'] });
    const all: DemoMessage[] = (await visitor().get('/demo/messages')).body;
    expect(all[0]).toMatchObject({ channel: 'SMS', text: expect.stringContaining('@localhost #') });
  });

  it('shows its mailbox under the policy of every page, whatever is asked', async () => {
    const page = await visitor().get('/demo/mailbox');
    expect(page.text).toContain('Démonstration');
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    for (const query of [
      'to=a&to=b',
      'to[]=a',
      'to[$ne]=',
      "to=' OR 1=1 --".replaceAll(' ', '%20'),
      'to=%00',
    ]) {
      const answer = await visitor().get(`/demo/messages?${query}`);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('keeps its people, keys and messages when it starts again', async () => {
    const browser = visitor();
    await browser.post('/api/sign-in/password', { username: 'nadia.benali', password: password() });
    const [mail] = await messages('nadia.benali@hopital.example');
    await server.kill();
    server = await Server.start(folder, { PORT: String(server.port) });
    expect((await messages('nadia.benali@hopital.example'))[0]).toEqual(mail);
    const code = /\b\d{6}\b/.exec(mail!.text)![0];
    expect((await browser.post('/api/sign-in/code', { code })).outcome).toBe('200');
  });
});

describe('the demo of `npm start`, which has lived for a while', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-demo-history-'));
  const settings = { DEMO_HISTORY_DAYS: '30' };
  let server: Server;

  beforeAll(async () => {
    server = await Server.start(folder, settings);
  }, 60_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has sign-ins by every means on the days before, sealed and counted, and none twice after a restart', async () => {
    const first = await figures();
    expect(first.items.filter(({ signIns }) => signIns.total > 0).length).toBeGreaterThanOrEqual(29);
    for (const means of [
      'passwordEmail',
      'passwordSms',
      'passwordRemembered',
      'proSanteConnect',
      'cpx',
      'passkey',
    ])
      expect([means, first.total.signIns[means]]).not.toEqual([means, 0]);
    await server.kill();
    server = await Server.start(folder, { ...settings, PORT: String(server.port) });
    expect((await figures()).items.slice(0, 29)).toEqual(first.items.slice(0, 29));
  }, 60_000);

  async function figures() {
    const browser = new Visitor({ url: server.url, origin: `http://localhost:${server.port}` });
    const password = /^Password: (.+)$/.exec(
      server.lines.find((line) => line.startsWith('Password: '))!,
    )![1]!;
    await browser.post('/api/sign-in/password', { username: 'support.national', password });
    const all = (await browser.get('/demo/messages?to=support.national@portillon.example')).body;
    await browser.post('/api/sign-in/code', { code: /\b\d{6}\b/.exec(all[0].text)![0] });
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const asked = `from=${day(30)}&to=${day(0)}&by=day`;
    return (await browser.get(`/api/admin/reports/sign-ins?${asked}`)).body as {
      items: { signIns: { total: number } }[];
      total: { signIns: Record<string, number> };
    };
  }
});
