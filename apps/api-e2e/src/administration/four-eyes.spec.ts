import { concurrently } from '@portillon/testing/servers';
import { CardDesk, PROXY_SECRET } from '../harness/people/card-desk';
import { eventually } from '../harness/server/eventually';
import { Person } from '../harness/people/person';
import { bearer, Machines } from '../harness/server/machine';
import { QUICK, STRUCTURE, useStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const HOUR = 3_600_000;
const PENDING = 'votre adresse e-mail va être changée';
const CHANGED = 'un administrateur a remplacé votre adresse e-mail';
const RESET = 'nouveau mot de passe';
/** That of the card `cps` of the tests, which Hugo holds. */
const CARD_OF_HUGO = '899700366240';
const WON = 'Un-Mot-De-Passe-De-Hugo-2026';

const desk = new CardDesk('portillon.test');
afterAll(() => desk.close());

describe('an administrator who changes the address of another administrator', () => {
  const stage = useStage({
    environment: { ...QUICK.environment, ...desk.settings, CPX_PROXY_SECRET: PROXY_SECRET },
  });

  let machines: Machines;
  let hugo: Visitor;
  let nadia: Visitor;
  let national: Visitor;

  beforeAll(async () => {
    machines = new Machines(stage);
    await machines.open();
  });

  beforeEach(async () => {
    [hugo, nadia, national] = await Promise.all([
      stage.signedIn({ role: 'structure-admin' }).then(({ browser }) => browser),
      stage.signedIn({ role: 'structure-admin' }).then(({ browser }) => browser),
      stage.signedIn({ role: 'national-admin', structureId: null }).then(({ browser }) => browser),
    ]);
  }, 30_000);

  const pathOf = ({ id }: Person) => `/api/admin/accounts/${id}`;
  const newAddress = ({ email }: Person) => `new.${email.replace('claire', 'intruder')}`;
  const seen = async (path: string, browser: Visitor) => {
    const { body } = await browser.get(path);
    return { body, headers: { 'if-match': `"${String(body.version)}"` } };
  };
  const edit = async (person: Person, changes: object, browser = hugo): Promise<Answer> =>
    browser.patch(pathOf(person), changes, { headers: (await seen(pathOf(person), browser)).headers });
  const confirm = async (person: Person, browser: Visitor): Promise<Answer> => {
    const { headers } = await seen(pathOf(person), browser);
    return browser.post(`${pathOf(person)}/pending-changes/email/confirm`, {}, { headers });
  };
  const decide = async (person: Person, act: string, browser: Visitor): Promise<Answer> => {
    const { headers } = await seen(pathOf(person), browser);
    return browser.post(`${pathOf(person)}/pending-changes/${act}`, {}, { headers });
  };
  const cancel = (person: Person, browser: Visitor) =>
    browser.post(`${pathOf(person)}/pending-changes/email/cancel`, {});
  const colleague = () => stage.person({ role: 'structure-admin' });
  const emailOf = async ({ id }: Person) =>
    (await stage.database.row<{ email: string }>('SELECT email FROM account WHERE id = ?', [id]))!.email;
  const linesOf = async ({ id }: Person) => {
    const sql = "SELECT name FROM auditEvent WHERE accountId = ? AND name LIKE 'email_change%' ORDER BY id";
    return (await stage.database.rows<{ name: string }>(sql, [id])).map(({ name }) => name);
  };

  it('waits: the old address is notified at once, and a reset link still goes there only', async () => {
    const claire = await colleague();
    const asked = await edit(claire, { email: newAddress(claire), reason: 'a typo' });
    expect(asked.body).toMatchObject({
      email: claire.email,
      pendingChanges: [
        { kind: 'email', value: newAddress(claire), requestedBy: { displayName: expect.any(String) } },
      ],
    });
    expect(await claire.mailAbout(PENDING)).toContain('un administrateur');
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    await claire.tokenIn(RESET);
    const sent = stage.smtp.mails.map((mail) => JSON.stringify(mail.to ?? ''));
    expect(sent.filter((to) => to.includes(newAddress(claire)))).toEqual([]);
    expect(await linesOf(claire)).toEqual(['email_change_requested']);
  });

  it('cannot confirm their own request; another administrator can, and open sessions end', async () => {
    const claire = await colleague();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await edit(claire, { email: newAddress(claire) });
    expect((await confirm(claire, hugo)).outcome).toBe('409 act.on-own-request');
    expect((await browser.get('/api/session')).status).toBe(200);
    const confirmed = await confirm(claire, nadia);
    expect(confirmed.body).toMatchObject({ email: newAddress(claire), pendingChanges: [] });
    await claire.mailAbout(CHANGED);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect(await linesOf(claire)).toEqual(['email_change_requested', 'email_change_confirmed']);
    expect((await confirm(claire, nadia)).outcome).toBe('409 account.state');
  });

  it('does not slip another address under a confirmation', async () => {
    const claire = await colleague();
    await edit(claire, { email: newAddress(claire) });
    const { headers } = await seen(pathOf(claire), nadia);
    await edit(claire, { email: `other.${newAddress(claire)}` });
    const confirmed = await nadia.post(`${pathOf(claire)}/pending-changes/email/confirm`, {}, { headers });
    expect(confirmed.outcome).toBe('412 precondition.failed');
    expect((await nadia.post(`${pathOf(claire)}/pending-changes/email/confirm`, {})).outcome).toBe(
      '428 precondition.required',
    );
    expect(await emailOf(claire)).toBe(claire.email);
  });

  it('is confirmed once, of eight at once', async () => {
    const claire = await colleague();
    await edit(claire, { email: newAddress(claire) });
    const { headers } = await seen(pathOf(claire), nadia);
    const { results } = await concurrently(8, (index) =>
      (index % 2 ? nadia : national).post(`${pathOf(claire)}/pending-changes/email/confirm`, {}, { headers }),
    );
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(results.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await linesOf(claire)).toEqual(['email_change_requested', 'email_change_confirmed']);
  });

  // Before the tests that move the server's clock: the key of the machines is retired, and forgotten in a day.
  it('is not confirmed by a machine client, nor when a machine client requested it', async () => {
    const claire = await colleague();
    const [directory, another] = [await machines.service(STRUCTURE.id), await machines.service(STRUCTURE.id)];
    const byMachine = async (service = directory) => {
      const { headers } = await seen(pathOf(claire), hugo);
      const token = bearer(machines.token(service), headers);
      return stage.visitor().post(`${pathOf(claire)}/pending-changes/email/confirm`, {}, token);
    };
    await edit(claire, { email: newAddress(claire) });
    expect((await byMachine()).outcome).toBe('403 permission.denied');
    const { headers } = await seen(pathOf(claire), hugo);
    const token = bearer(machines.token(directory), headers);
    await stage.visitor().patch(pathOf(claire), { email: `machine.${newAddress(claire)}` }, token);
    expect((await byMachine(another)).outcome).toBe('403 permission.denied');
    expect((await confirm(claire, hugo)).outcome).toBe('409 act.on-machine-request');
    expect(await emailOf(claire)).toBe(claire.email);
  });

  it('waits 24 hours, also in a closed account, whose old address is notified', async () => {
    const claire = await colleague();
    await hugo.post(`${pathOf(claire)}/deactivate`, {});
    await edit(claire, { email: newAddress(claire) });
    await claire.mailAbout(PENDING);
    await stage.server.advance(23 * HOUR);
    expect(await emailOf(claire)).toBe(claire.email);
    await stage.server.advance(2 * HOUR);
    await eventually('the new address', async () => (await emailOf(claire)) === newAddress(claire));
    await claire.mailAbout(CHANGED);
    expect(await linesOf(claire)).toEqual(['email_change_requested', 'email_change_applied']);
  });

  it('is cancelled by another administrator, and has no effect', async () => {
    const claire = await colleague();
    await edit(claire, { email: newAddress(claire) });
    expect((await cancel(claire, nadia)).body.pendingChanges).toEqual([]);
    expect((await cancel(claire, nadia)).outcome).toBe('409 account.state');
    expect((await confirm(claire, nadia)).outcome).toBe('409 account.state');
  });

  it('is void when the account becomes a national administrator’s, or the requester is closed', async () => {
    const [claire, marc] = [await colleague(), await colleague()];
    const asker = await stage.signedIn({ role: 'structure-admin' });
    await edit(claire, { email: newAddress(claire) });
    await edit(claire, { roles: ['national-admin'], structureId: null }, national);
    await edit(marc, { email: newAddress(marc) }, asker.browser);
    await national.post(`${pathOf(asker.person)}/deactivate`, {});
    await stage.server.advance(25 * HOUR);
    await eventually('the cancelling', async () => (await linesOf(marc)).includes('email_change_cancelled'));
    expect([await emailOf(claire), await emailOf(marc)]).toEqual([claire.email, marc.email]);
  });

  it('does not lift the structure’s rule, under which a professional’s address waits too', async () => {
    const claire = await stage.person();
    expect((await edit(claire, { email: `first.${claire.email}` })).body.email).toBe(`first.${claire.email}`);
    const path = `/api/admin/policies/${STRUCTURE.id}`;
    const policy = {
      smsForbidden: false,
      mailFirstTimeOnly: false,
      codeWindowHours: null,
      proSanteConnectFrom: null,
    };
    const put = async (fourEyes: boolean, browser: Visitor) =>
      browser.put(path, { ...policy, fourEyes }, { headers: (await seen(path, browser)).headers });
    expect((await put(true, hugo)).body.fourEyes).toBe(true);
    const waiting = await edit(claire, { email: newAddress(claire) });
    expect(waiting.body).toMatchObject({
      email: `first.${claire.email}`,
      pendingChanges: [{ kind: 'email' }],
    });
    expect((await put(false, hugo)).outcome).toBe('403 permission.denied');
    expect((await put(false, national)).body.fourEyes).toBe(false);
  });

  /** Whether Hugo comes in as the colleague, by what arrives in his mailbox. */
  const entersByMail = async (claire: Person, mailbox: Person): Promise<boolean> => {
    const links = (person: Person) => person.notices().filter((subject) => subject.includes(RESET)).length;
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    await eventually('a link', () => links(claire) + links(mailbox) > 0);
    if (links(mailbox) === 0) return false;
    const token = await mailbox.tokenIn(RESET);
    await stage.visitor().post('/api/password-resets/confirm', { token, newPassword: WON });
    const browser = stage.visitor();
    await claire.givePassword(browser, WON);
    return (await browser.post('/api/sign-in/code', { code: mailbox.codeInMail() })).status === 200;
  };

  it('does not come in as a colleague whose role was taken away, and given back after the change', async () => {
    const claire = await colleague();
    const mailbox = new Person(stage, `of-hugo-${claire.id.slice(0, 8)}`, claire.mobile);
    await edit(claire, { roles: ['professional'] });
    const asked = await edit(claire, { email: mailbox.email });
    await edit(claire, { roles: ['structure-admin'] });
    expect(await entersByMail(claire, mailbox)).toBe(false);
    expect(asked.body).toMatchObject({ email: claire.email, pendingChanges: [{ value: mailbox.email }] });
  });

  it('does not come in as a colleague by the own card', async () => {
    const claire = await colleague();
    const linked = await hugo.post(`${pathOf(claire)}/link`, { nationalId: CARD_OF_HUGO });
    const headers = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': PROXY_SECRET };
    const present = () => stage.visitor().post('/api/sign-in/cpx', {}, { headers });
    expect((await present()).outcome).toBe('403 account.not-linked');
    expect(linked.body).toMatchObject({ nationalId: null, pendingChanges: [{ value: CARD_OF_HUGO }] });
    await claire.mailAbout('une carte ou une e-CPS va être liée');
    expect((await decide(claire, 'identity/confirm', hugo)).outcome).toBe('409 act.on-own-request');
    expect((await decide(claire, 'identity/confirm', nadia)).body).toMatchObject({
      nationalId: CARD_OF_HUGO,
      pendingChanges: [],
    });
    expect((await present()).body.session.account.username).toBe(claire.username);
    await claire.mailAbout('une carte ou une e-CPS est liée');
  });

  it('does not make an administrator of an account that was just taken from its holder', async () => {
    const claire = await stage.person();
    await edit(claire, { email: newAddress(claire) });
    const asked = await edit(claire, { roles: ['structure-admin'], displayName: 'Claire Durand' });
    expect(asked.body).toMatchObject({
      displayName: 'Claire Durand',
      roles: ['professional'],
      pendingChanges: [{ kind: 'roles', value: 'structure-admin' }],
    });
    expect((await decide(claire, 'roles/confirm', hugo)).outcome).toBe('409 act.on-own-request');
    expect((await decide(claire, 'roles/confirm', nadia)).body).toMatchObject({
      roles: ['structure-admin'],
      pendingChanges: [],
    });
    expect((await decide(claire, 'roles/cancel', nadia)).outcome).toBe('409 account.state');
  });

  it('does not confirm by a second account that was just made an administrator’s', async () => {
    const claire = await colleague();
    const second = await stage.person();
    await edit(second, { roles: ['structure-admin'] });
    const browser = stage.visitor();
    await second.signIn(browser);
    await edit(claire, { email: newAddress(claire) });
    expect((await confirm(claire, browser)).outcome).toBe('409 act.too-new-to-confirm');
  });
});
