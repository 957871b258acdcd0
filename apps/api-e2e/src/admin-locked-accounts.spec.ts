import { describeOnEveryEngine, STRUCTURE } from './harness/stage';
import type { Visitor } from './harness/visitor';

describeOnEveryEngine('the accounts that cannot come in', (stage) => {
  const ids = async (browser: Visitor, query: string) => {
    const { body } = await browser.get(`/api/admin/accounts?limit=100&${query}`);
    return (body.items as { id: string }[]).map(({ id }) => id);
  };

  it('are found by their lock, within reach alone, until they are unlocked', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const structureId = await stage.structure();
    const { browser: elsewhere } = await stage.signedIn({ role: 'structure-admin', structureId });
    const person = await stage.person();
    const sql = 'INSERT INTO otpSubject (id, failures, lockedUntilAt) VALUES (?, 100, NULL)';
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
