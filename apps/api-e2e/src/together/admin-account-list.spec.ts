import { STRUCTURE, useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

// What the list asks of each database, `account-order.db.spec.ts` and `account.service.db.spec.ts` show on both.
const stage = useSharedStage();

describe('the order of accounts', () => {
  it('is the same in the list, page after page, and in its export, only within reach', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const { browser: own } = await stage.signedIn({ role: 'structure-admin', structureId: STRUCTURE.id });
    const elsewhere = await stage.structure();
    for (const [name, structureId] of [
      ['Bruno', STRUCTURE.id],
      ['Anne', STRUCTURE.id],
      ['David', elsewhere],
      ['Chloe', STRUCTURE.id],
    ]) {
      const draft = {
        username: `sorted.${name}`,
        email: `${name}@hopital.example`,
        displayName: `Sorted ${name}`,
      };
      await national.post('/api/admin/accounts', { ...draft, structureId });
    }
    const names = (text: string) => [...text.matchAll(/"Sorted (\w+)"/g)].map(([, name]) => name);
    for (const [browser, sort, expected] of [
      [national, '-displayName', ['David', 'Chloe', 'Bruno', 'Anne']],
      [own, '-displayName', ['Chloe', 'Bruno', 'Anne']],
      [own, 'createdAt', ['Bruno', 'Anne', 'Chloe']],
    ] as const) {
      const asked = `q=sorted&sort=${sort}`;
      const first = await browser.get(`/api/admin/accounts?${asked}&limit=2`);
      const rest = await browser.get(`/api/admin/accounts?${asked}&cursor=${first.body.nextCursor}`);
      expect(names(JSON.stringify([first.body, rest.body]))).toEqual(expected);
      expect(names((await browser.get(`/api/admin/accounts/export?${asked}`)).text)).toEqual(expected);
    }
  });

  it('is refused for a column that is not offered', async () => {
    const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
    for (const path of ['accounts', 'accounts/export'])
      for (const sort of ['passwordDigest', 'id;--', '--status'])
        expect((await browser.get(`/api/admin/${path}?sort=${sort}`)).outcome).toBe('422 validation.failed');
  });
});

const ids = async (browser: Visitor, query: string) => {
  const { body } = await browser.get(`/api/admin/accounts?limit=100&${query}`);
  return (body.items as { id: string }[]).map(({ id }) => id);
};

it('accounts with emergency access are found until it is closed, only within reach', async () => {
  const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
  const structureId = await stage.structure();
  const { browser: elsewhere } = await stage.signedIn({ role: 'structure-admin', structureId });
  const { id } = await stage.person();
  const access = { means: 'password', hours: 8, reason: 'Carte perdue' };
  await national.post(`/api/admin/accounts/${id}/emergency-access`, access);
  expect(await ids(national, 'only=EMERGENCY_ACCESS')).toEqual([id]);
  expect(await ids(elsewhere, 'only=EMERGENCY_ACCESS')).toEqual([]);
  await national.post(`/api/admin/accounts/${id}/close-emergency-access`, {});
  expect(await ids(national, 'only=EMERGENCY_ACCESS')).toEqual([]);
});

describe('the accounts that cannot come in', () => {
  it('are found by their lock, only within reach, until they are unlocked', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const structureId = await stage.structure();
    const { browser: elsewhere } = await stage.signedIn({ role: 'structure-admin', structureId });
    const person = await stage.person();
    // Who failed a hundred times was locked on the way: that lock is over, and nothing but an unlock reopens.
    const sql = "INSERT INTO otpSubject (id, failures, lockedUntilAt) VALUES (?, 100, '2026-01-01')";
    await stage.database.execute(sql, [person.id]);
    expect(await ids(national, 'only=LOCKED')).toEqual([person.id]);
    expect(await ids(national, `only=LOCKED&structure=${STRUCTURE.id}`)).toEqual([person.id]);
    expect(await ids(elsewhere, 'only=LOCKED')).toEqual([]);
    await national.post(`/api/admin/accounts/${person.id}/unlock`, {});
    expect(await ids(national, 'only=LOCKED')).toEqual([]);
  });

  it('are found by an invitation that is over, until another is sent', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const draft = { username: 'late', email: 'late@hopital.example', displayName: 'Late' };
    const invited = await national.post('/api/admin/accounts', { ...draft, structureId: STRUCTURE.id });
    const { id, invitedUntil } = invited.body as { id: string; invitedUntil: string };
    expect(invitedUntil).not.toBeNull();
    expect(await ids(national, 'only=INVITATION_EXPIRED')).toEqual([]);
    await stage.database.execute('UPDATE account SET invitedUntilAt = createdAt WHERE id = ?', [id]);
    expect(await ids(national, 'only=INVITATION_EXPIRED')).toEqual([id]);
    const again = await national.post(`/api/admin/accounts/${id}/resend-invitation`, {});
    expect(Date.parse(again.body.invitedUntil as string)).toBeGreaterThan(Date.now());
    expect(await ids(national, 'only=INVITATION_EXPIRED')).toEqual([]);
  });
});
