import { atOnce } from '@portillon/testing/servers';
import { eventually } from './harness/eventually';
import type { Person } from './harness/person';
import { QUICK, STRUCTURE, useStage } from './harness/stage';
import type { Answer } from './harness/answer.types';
import type { Visitor } from './harness/visitor';

const HOUR = 3_600_000;
const PENDING = 'votre adresse e-mail va être changée';
const CHANGED = 'votre adresse e-mail a été changée';
const RESET = 'nouveau mot de passe';

describe('an administrator who changes the address of another administrator', () => {
  const stage = useStage(QUICK);

  let hugo: Visitor;
  let nadia: Visitor;
  let national: Visitor;

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
    return browser.post(`${pathOf(person)}/confirm-email`, {}, { headers });
  };
  const cancel = (person: Person, browser: Visitor) => browser.post(`${pathOf(person)}/cancel-email`, {});
  const colleague = () => stage.person({ role: 'structure-admin' });
  const emailOf = async ({ id }: Person) =>
    (await stage.database.row<{ email: string }>('SELECT email FROM account WHERE id = ?', [id]))!.email;
  const linesOf = async ({ id }: Person) => {
    const sql = "SELECT name FROM auditEvent WHERE accountId = ? AND name LIKE 'email_change%' ORDER BY id";
    return (await stage.database.rows<{ name: string }>(sql, [id])).map(({ name }) => name);
  };

  it('waits: the old address hears of it at once, and a reset link still goes there alone', async () => {
    const claire = await colleague();
    const asked = await edit(claire, { email: newAddress(claire), reason: 'a typo' });
    expect(asked.body).toMatchObject({
      email: claire.email,
      pendingEmail: { email: newAddress(claire), requestedBy: { displayName: expect.any(String) } },
    });
    expect(await claire.mailAbout(PENDING)).toContain('un administrateur');
    await stage.visitor().post('/api/password-resets', { username: claire.username });
    await claire.tokenIn(RESET);
    const sent = stage.smtp.mails.map((mail) => JSON.stringify(mail.to ?? ''));
    expect(sent.filter((to) => to.includes(newAddress(claire)))).toEqual([]);
    expect(await linesOf(claire)).toEqual(['email_change_requested']);
  });

  it('does not confirm the own request; another one does, and what was open ends', async () => {
    const claire = await colleague();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await edit(claire, { email: newAddress(claire) });
    expect((await confirm(claire, hugo)).outcome).toBe('409 act.on-own-request');
    expect((await browser.get('/api/session')).status).toBe(200);
    const confirmed = await confirm(claire, nadia);
    expect(confirmed.body).toMatchObject({ email: newAddress(claire), pendingEmail: null });
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
    const confirmed = await nadia.post(`${pathOf(claire)}/confirm-email`, {}, { headers });
    expect(confirmed.outcome).toBe('412 precondition.failed');
    expect((await nadia.post(`${pathOf(claire)}/confirm-email`, {})).outcome).toBe(
      '428 precondition.required',
    );
    expect(await emailOf(claire)).toBe(claire.email);
  });

  it('is confirmed once, of eight at once', async () => {
    const claire = await colleague();
    await edit(claire, { email: newAddress(claire) });
    const { headers } = await seen(pathOf(claire), nadia);
    const { results } = await atOnce(8, (index) =>
      (index % 2 ? nadia : national).post(`${pathOf(claire)}/confirm-email`, {}, { headers }),
    );
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(results.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await linesOf(claire)).toEqual(['email_change_requested', 'email_change_confirmed']);
  });

  it('waits 24 hours, also in an account that is closed, whose old address hears of it', async () => {
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

  it('is cancelled by another administrator, and nothing comes of it', async () => {
    const claire = await colleague();
    await edit(claire, { email: newAddress(claire) });
    expect((await cancel(claire, nadia)).body.pendingEmail).toBeNull();
    expect((await cancel(claire, nadia)).outcome).toBe('409 account.state');
    expect((await confirm(claire, nadia)).outcome).toBe('409 account.state');
  });

  it('comes to nothing when the account becomes a national administrator’s, or the asker is closed', async () => {
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
    expect(waiting.body).toMatchObject({ email: `first.${claire.email}`, pendingEmail: {} });
    expect((await put(false, hugo)).outcome).toBe('403 permission.denied');
    expect((await put(false, national)).body.fourEyes).toBe(false);
  });
});
