import { engines, Stage } from '../harness/server/stage';

const PEOPLE = 70;
const AT_A_TIME = 5;
/** Codes of one network that may stay unanswered in an hour. */
const UNANSWERED = 60;
/** Codes of one person that may go to one address in ten minutes and stay unanswered. */
const PER_ADDRESS = 5;
const TEN_MINUTES = 600_000;
const NEW_PASSWORD_MAIL = 'nouveau mot de passe';

/**
 * The same hospital with its codes counted in each database. What is no matter of where they are counted is shown in the
 * first of them: `send-limit.service.db.spec.ts` shows on both engines how the limits count.
 */
function describeEverywhere(tests: (stage: () => Stage, first: boolean) => void): void {
  for (const [index, engine] of engines().entries())
    describe(`counted in ${engine}`, () => {
      let stage: Stage;
      beforeAll(async () => {
        stage = new Stage({ engine });
        await stage.open();
      }, 60_000);
      afterAll(() => stage?.close(), 20_000);
      tests(() => stage, index === 0);
    });
}

describeEverywhere((stage, first) => {
  const from = (address: string) => () => stage().visitor({ 'x-forwarded-for': address });

  /** So many times at once, until it was done `total` times: what each came to. */
  async function outcomesOf(total: number, act: (index: number) => Promise<string>): Promise<string[]> {
    const outcomes: string[] = [];
    for (let done = 0; done < total; done += AT_A_TIME)
      outcomes.push(...(await Promise.all(Array.from({ length: AT_A_TIME }, (_, one) => act(done + one)))));
    return outcomes;
  }

  it('sixty codes that are not entered stop the next one, only from that network, until one is entered', async () => {
    const visitor = from('198.51.100.61');
    const people = await Promise.all(
      Array.from({ length: UNANSWERED / PER_ADDRESS }, () => stage().person()),
    );
    const ask = async (index: number) =>
      (await people[index % people.length]!.givePassword(visitor())).outcome;
    const [late, paul] = [visitor(), await stage().person()];
    expect((await paul.givePassword(late)).outcome).toBe('200');
    expect(await outcomesOf(UNANSWERED - 5, ask)).toEqual(
      Array.from({ length: UNANSWERED - 5 }, () => '200'),
    );
    for (let left = 0; left < 4; left++) expect(await ask(UNANSWERED - 5 + left)).toBe('200');

    const claire = await stage().person();
    const refused = await claire.givePassword(visitor());
    expect(refused).toMatchObject({
      outcome: '429 attempts.exceeded',
      body: {
        counted: 'address-block',
        detail: expect.stringMatching(/^Trop de codes demandés depuis votre réseau/),
      },
    });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(TEN_MINUTES / 1_000);
    expect(claire.mailCount()).toBe(0);
    expect((await claire.givePassword(stage().visitor())).outcome).toBe('200');

    const code = { code: paul.codeInMail() };
    const answers = await Promise.all(
      [late.copy(), late.copy()].map((one) => one.post('/api/sign-in/code', code)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const [next, after] = [await stage().person(), await stage().person()];
    expect((await next.givePassword(visitor())).outcome).toBe('200');
    expect((await after.givePassword(visitor())).outcome).toBe('429 attempts.exceeded');
  }, 120_000);

  if (!first) return;

  it('seventy people of one hospital, with the right password and code, all come in', async () => {
    const visitor = from('198.51.100.60');
    const outcomes = await outcomesOf(PEOPLE, async () => {
      const person = await stage().person();
      return (await person.signIn(visitor())).outcome;
    });
    expect(outcomes).toEqual(Array.from({ length: PEOPLE }, () => '200'));
  }, 120_000);

  it('sixty links that are not used stop the next request, only from that network, until one is used', async () => {
    const visitor = from('198.51.100.62');
    const ask = async (username: string) =>
      (await visitor().post('/api/password-resets', { username })).outcome;
    const claire = await stage().person();
    expect(await ask(claire.username)).toBe('202');
    const token = await claire.tokenIn(NEW_PASSWORD_MAIL);
    expect(await outcomesOf(UNANSWERED - 5, () => ask('nobody.asked'))).not.toContain(
      '429 attempts.exceeded',
    );
    for (let left = 0; left < 4; left++) expect(await ask('nobody.asked')).toBe('202');
    expect(await ask('nobody.asked')).toBe('429 attempts.exceeded');

    const choice = { token, newPassword: 'Quatre-Chemins-de-Halage-88' };
    const use = () => stage().visitor().post('/api/password-resets/confirm', choice);
    expect((await Promise.all([use(), use()])).map(({ status }) => status).sort()).toEqual([204, 401]);
    expect([await ask('nobody.asked'), await ask('nobody.asked')]).toEqual(['202', '429 attempts.exceeded']);
  }, 120_000);

  it('sixty codes that are not entered stop no colleague behind an address that their structure named', async () => {
    const address = '198.51.100.64';
    const structureId = await stage().structure();
    const { browser } = await stage().signedIn({ role: 'structure-admin', structureId });
    const policy = {
      smsForbidden: false,
      mailFirstTimeOnly: false,
      codeWindowHours: null,
      proSanteConnectFrom: null,
    };
    const put = (changes: object, version: number) =>
      browser.put(
        `/api/admin/policies/${structureId}`,
        { ...policy, ...changes },
        {
          headers: { 'if-match': `"${version}"` },
        },
      );
    expect((await put({ egressAddresses: ['198.51.0.0/8'] }, 1)).body.errors).toMatchObject([
      { field: 'egressAddresses' },
    ]);
    expect((await put({ egressAddresses: [`${address}/31`] }, 1)).body).toMatchObject({
      egressAddresses: [`${address}/31`],
    });
    expect((await put({}, 2)).body).toMatchObject({ egressAddresses: [`${address}/31`], version: 3 });

    const people = await Promise.all(
      Array.from({ length: UNANSWERED / PER_ADDRESS + 1 }, () => stage().person({ structureId })),
    );
    const ask = async (index: number) =>
      (await people[index % people.length]!.givePassword(from(address)())).outcome;
    expect(await outcomesOf(UNANSWERED + 5, ask)).toEqual(
      Array.from({ length: UNANSWERED + 5 }, () => '200'),
    );
    const stranger = await stage().person();
    expect((await stranger.givePassword(from(address)())).outcome).toBe('200');
  }, 120_000);

  it('a shared workstation remembers no browser, and ends a session after ten idle minutes', async () => {
    const address = '198.51.100.90';
    const structureId = await stage().structure();
    const { browser } = await stage().signedIn({ role: 'structure-admin', structureId });
    const rules = {
      smsForbidden: false,
      mailFirstTimeOnly: false,
      codeWindowHours: null,
      proSanteConnectFrom: null,
      egressAddresses: [address],
      sharedWorkstations: true,
    };
    const seen = { headers: { 'if-match': '"1"' } };
    const policy = await browser.put(`/api/admin/policies/${structureId}`, rules, seen);
    expect(policy.body).toMatchObject({ sharedWorkstations: true });
    const serviceAt = async (where: string) => (await from(where)().get('/api/service')).body;
    expect((await serviceAt(address)).sharedWorkstation).toBe(true);
    expect((await serviceAt('198.51.100.91')).sharedWorkstation).toBe(false);

    const claire = await stage().person({ structureId });
    const workstation = from(address)();
    expect((await claire.givePassword(workstation)).body).toMatchObject({ sharedWorkstation: true });
    const asked = { code: claire.codeInMail(), rememberBrowser: true };
    const opened = await workstation.post('/api/sign-in/code', asked);
    expect(opened.body.session.sharedWorkstation).toBe(true);
    expect(opened.cookies.join()).not.toContain('portillon_browser');
    expect((await claire.givePassword(workstation.copy())).body.status).toBe('code-required');
    await stage().server.advance(TEN_MINUTES - 30_000);
    expect((await workstation.get('/api/session')).outcome).toBe('200');
    await stage().server.advance(30_000);
    expect((await workstation.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('six people of a shared mailbox get a code each, and a sixth request shows what to do', async () => {
    const people = await Promise.all(Array.from({ length: PER_ADDRESS + 1 }, () => stage().person()));
    const [claire] = people as [(typeof people)[0]];
    for (const { id } of people)
      await stage().database.execute('UPDATE account SET email = ?, emailKey = ? WHERE id = ?', [
        claire.email,
        claire.email,
        id,
      ]);
    for (const person of people) expect((await person.givePassword(stage().visitor())).outcome).toBe('200');
    for (let time = 1; time < PER_ADDRESS; time++) await claire.givePassword(stage().visitor());
    expect(await claire.givePassword(stage().visitor())).toMatchObject({
      outcome: '429 attempts.exceeded',
      body: { counted: 'destination', detail: expect.stringMatching(/sans être saisis\. Patientez/) },
    });
  });

  it('a twenty-first request of a day without an entered code shows what to do, in English too', async () => {
    const claire = await stage().person();
    const dayOf = async (times: number) => {
      for (let time = 0; time < times; time++)
        expect((await claire.givePassword(stage().visitor())).outcome).toBe('200');
      await stage().server.advance(TEN_MINUTES * 6);
    };
    for (let part = 0; part < 4; part++) await dayOf(PER_ADDRESS);
    const refused = await claire.givePassword(stage().visitor({ 'accept-language': 'en' }));
    expect(refused).toMatchObject({
      outcome: '429 attempts.exceeded',
      body: {
        counted: 'account',
        detail: expect.stringMatching(/^You requested.*Wait until the time shown/),
      },
    });
  }, 60_000);
});
