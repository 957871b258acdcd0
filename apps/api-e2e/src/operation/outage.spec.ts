import { ThrowAwayMariadb } from '@portillon/testing/servers';
import { createConnection } from 'mysql2/promise';
import { readinessOnce } from '../harness/server/readiness';
import { useOwnMariadb } from '../harness/server/stage';

const FEW_SECONDS = 6_000;
const TEN_SECONDS = 10_000;

const onMariadb = ThrowAwayMariadb.available() ? describe : describe.skip;

onMariadb('when the database goes away', () => {
  const own = useOwnMariadb({ durable: true });

  it('shows people an error that asks them to come back, and the server recovers automatically', async () => {
    const claire = await own.stage.person();
    const paul = await own.stage.person();
    const [hers, his] = [own.stage.visitor(), own.stage.visitor()];
    await claire.signIn(hers);
    await paul.givePassword(his);
    const code = paul.codeInMail();

    await own.mariadb.kill();
    const meanwhile = [
      await hers.get('/api/session'),
      await hers.get('/api/account'),
      await his.post('/api/sign-in/code', { code }),
      await claire.givePassword(own.stage.visitor()),
      await hers.delete('/api/session'),
    ];
    for (const answer of meanwhile) {
      expect(answer.outcome).toBe('503 service.busy');
      expect(answer.milliseconds).toBeLessThan(FEW_SECONDS);
      expect(answer.body).toMatchObject({ retryAfterSeconds: expect.any(Number), title: expect.any(String) });
      expect(answer.cookies).toEqual([]);
    }
    expect((await hers.get('/api/service')).outcome).toBe('200');
    expect((await hers.get('/health/live')).status).toBe(200);
    const unready = await readinessOnce(hers, ({ status }) => status === 503);
    expect(unready.body.checks.database.status).toBe('down');

    const secrets = [
      code,
      claire.email,
      paul.email,
      claire.username,
      ...hers.cookies.values(),
      ...his.cookies.values(),
    ];
    expect(secrets.filter((secret) => own.stage.server.lines.join('\n').includes(secret))).toEqual([]);

    await own.mariadb.restart();
    expect((await hers.get('/api/session')).outcome).toBe('200');
    expect((await his.post('/api/sign-in/code', { code })).outcome).toBe('200');
    await readinessOnce(hers, ({ status }) => status === 200);
  });

  it('and hangs instead of refusing, users still get an error within seconds', async () => {
    const claire = await own.stage.person();
    const browser = own.stage.visitor();
    await claire.signIn(browser);
    await own.mariadb.freeze();
    try {
      const meanwhile = await Promise.all([
        browser.get('/api/session'),
        browser.get('/api/account'),
        claire.givePassword(own.stage.visitor()),
      ]);
      for (const answer of meanwhile) {
        expect(answer.outcome).toBe('503 service.busy');
        expect(answer.milliseconds).toBeLessThan(TEN_SECONDS);
      }
    } finally {
      own.mariadb.thaw();
    }
    expect((await browser.get('/api/session')).outcome).toBe('200');
    expect((await claire.givePassword(own.stage.visitor())).outcome).toBe('200');
  });

  it('and one account stays locked, its right passwords and codes are not counted as wrong ones', async () => {
    const claire = await own.stage.person();
    const browser = own.stage.visitor();
    const connection = await createConnection(own.stage.databaseUrl);
    const whileLocked = async (tries: () => Promise<{ outcome: string }>) => {
      await connection.beginTransaction();
      await connection.query('SELECT id FROM account WHERE username = ? FOR UPDATE', [claire.username]);
      // Three at once wait together; a fourth that is counted would be refused.
      for (let round = 0; round < 2; round++) {
        const answers = await Promise.all(Array.from({ length: 3 }, tries));
        expect(answers.map(({ outcome }) => outcome)).toEqual(Array(3).fill('503 service.busy'));
      }
      await connection.rollback();
    };
    try {
      await whileLocked(() => claire.givePassword(own.stage.visitor()));
      expect((await claire.givePassword(browser)).outcome).toBe('200');
      const code = claire.codeInMail();
      await whileLocked(() => browser.post('/api/sign-in/code', { code }));
      expect((await browser.post('/api/sign-in/code', { code })).outcome).toBe('200');
    } finally {
      await connection.end();
    }
  }, 60_000);

  it('in the middle of many sign-ins, none is half done', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => own.stage.person()));
    const browsers = people.map(() => own.stage.visitor());
    await Promise.all(people.map((person, index) => person.givePassword(browsers[index]!)));
    const codes = people.map((person) => person.codeInMail());
    const submissions = browsers.map((browser, index) =>
      browser.post('/api/sign-in/code', { code: codes[index] }),
    );
    await own.mariadb.kill();
    const answers = await Promise.all(submissions);
    expect(answers.every(({ outcome }) => outcome === '200' || outcome === '503 service.busy')).toBe(true);
    await own.mariadb.restart();
    for (const [index, browser] of browsers.entries()) {
      if (answers[index]!.status === 200) expect((await browser.get('/api/session')).outcome).toBe('200');
      else
        expect([200, 401]).toContain(
          (await browser.post('/api/sign-in/code', { code: codes[index] })).status,
        );
    }
  });

  it('a server killed between the sending of a code and its use accepts the code after its restart', async () => {
    const claire = await own.stage.person();
    const browser = own.stage.visitor();
    await claire.givePassword(browser);
    const code = claire.codeInMail();
    await own.stage.restart();
    expect((await browser.post('/api/sign-in/code', { code })).outcome).toBe('200');
    await own.stage.restart();
    expect((await browser.get('/api/session')).outcome).toBe('200');
    expect(claire.mailCount()).toBe(1);
  });
});
