import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CardDesk, describeWithNginx } from '../harness/people/card-desk';
import { eventually } from '../harness/server/eventually';
import { Server } from '../harness/server/server';
import { Stage } from '../harness/server/stage';
import { Visitor } from '../harness/people/visitor';

const HOST = 'portillon.test';
const PEOPLE = 8;
/** Between two acts of a person: requests without a pause would keep the instances from starting. */
const THINKS_MS = 50;
const run = promisify(execFile);
const INSTANCE = join(__dirname, '../../../../docker/nginx/instance.sh');
/** A browser retries automatically when the proxy has closed the connection that it kept; this client does not. */
const ON_A_NEW_CONNECTION = { tls: { agent: false as const, rejectUnauthorized: false } };
const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? describeWithNginx : describe.skip;

onMariadb('two instances behind nginx', () => {
  const desk = new CardDesk(HOST);
  const stage = new Stage({
    engine: 'MariaDB',
    environment: { PUBLIC_URL: `https://${HOST}`, TRUSTED_PROXIES: '127.0.0.1' },
  });
  const servers: Server[] = [];
  let url: string;

  beforeAll(async () => {
    await stage.open();
    servers.push(stage.server, await stage.anotherServer());
    const port = await desk.startNginx(
      servers.map((server) => `127.0.0.1:${server.port}`),
      HOST,
      `carte.${HOST}`,
    );
    url = `https://127.0.0.1:${port}`;
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await stage.close();
    await desk.close();
  }, 20_000);

  const visitor = () => new Visitor({ url, origin: `https://${HOST}`, headers: { host: HOST } });
  const see = (browser: Visitor) => browser.get('/api/session', ON_A_NEW_CONNECTION);
  const renew = (browser: Visitor) => browser.post('/api/session/renew', {}, ON_A_NEW_CONNECTION);

  async function signedIn(): Promise<Visitor> {
    const person = await stage.person();
    const browser = visitor();
    await person.signIn(browser);
    return browser;
  }

  async function startAgain(index: number): Promise<void> {
    const { port } = servers[index]!;
    servers[index] = await Server.start(stage.folder, { ...stage.environment, PORT: String(port) });
  }

  /** As docker/roll.sh has nginx do it. */
  const instance = (direction: 'out' | 'in', { port }: Server) =>
    run('sh', [INSTANCE, direction, `127.0.0.1:${port}`], { env: { ...process.env, ...desk.nginxFiles } });

  it('answer though the second restarts right after the first', async () => {
    const browser = await signedIn();
    const ask = async () => [await see(browser), await renew(browser)];
    const answers = [];
    for (const index of [0, 1]) {
      await servers[index]!.stop();
      answers.push(...(await ask()), ...(await ask()));
      await startAgain(index);
    }
    answers.push(...(await ask()));
    expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => '200'));
  }, 60_000);

  it('leave out one with a wrong clock, and not what an operator took out; none is left out when none is ready', async () => {
    const env = { ...process.env, ...desk.nginxFiles };
    const watch = spawn('sh', [INSTANCE, 'watch'], { env, stdio: 'ignore' });
    const lines = () => readFileSync(desk.nginxFiles.INSTANCES, 'utf8').trim().split('\n');
    const is = (wanted: RegExp[]) => lines().every((line, index) => wanted[index]!.test(line));
    const [served, away, out] = [/max_fails=0;$/, /max_fails=0 down; # not ready$/, /max_fails=0 down;$/];
    const turnsInto = (...wanted: RegExp[]) => eventually('the servers of nginx', () => is(wanted));
    try {
      const browsers = await Promise.all(Array.from({ length: PEOPLE }, signedIn));
      await servers[1]!.advance(10_000);
      await turnsInto(served, away);
      // Nginx has read its file again.
      await sleep(1_000);
      const before = servers[1]!.lines.length;
      const answers = await Promise.all(browsers.flatMap((browser) => [see(browser), renew(browser)]));
      expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => '200'));
      expect(servers[1]!.lines.slice(before).filter((line) => line.includes('/api/session'))).toEqual([]);

      // Its clock returns by a restart.
      await servers[1]!.stop();
      await startAgain(1);
      await turnsInto(served, served);

      await instance('out', servers[0]!);
      await servers[1]!.advance(10_000);
      await sleep(12_000);
      expect(lines()).toEqual([expect.stringMatching(out), expect.stringMatching(served)]);
      await instance('in', servers[0]!);
      await turnsInto(served, away);
      await servers[1]!.stop();
      await startAgain(1);
      await turnsInto(served, served);
    } finally {
      watch.kill();
    }
  }, 120_000);

  it('are replaced one by one, as the guide says, while people work without an error', async () => {
    const browsers = await Promise.all(Array.from({ length: PEOPLE }, signedIn));
    const outcomes: string[] = [];
    let over = false;
    const working = browsers.map(async (browser) => {
      while (!over) {
        outcomes.push((await see(browser)).outcome);
        outcomes.push((await renew(browser)).outcome);
        await sleep(THINKS_MS);
      }
    });
    for (const index of [0, 1]) {
      await instance('out', servers[index]!);
      await servers[index]!.stop();
      await startAgain(index);
      await instance('in', servers[index]!);
    }
    over = true;
    await Promise.all(working);
    expect(outcomes.length).toBeGreaterThan(200);
    expect(outcomes.filter((outcome) => outcome !== '200')).toEqual([]);
  }, 60_000);
});
