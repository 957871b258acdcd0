import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';
import { eventually } from '../harness/server/eventually';
import { QUICK, STRUCTURE, useStage } from '../harness/server/stage';

describe('a membership', () => {
  const stage = useStage(QUICK);
  let clinic: string;
  let paul: Visitor;
  let claire: Person;

  beforeAll(async () => {
    clinic = await stage.structure();
    paul = (await stage.signedIn({ role: 'structure-admin', structureId: clinic })).browser;
  }, 30_000);

  beforeEach(async () => {
    claire = await stage.person();
    await stage.member(claire.id, clinic);
  });

  it('ends with its last day, without an act of anyone', async () => {
    const browser = stage.visitor();
    await claire.signIn(browser);
    await browser.send('PUT', '/api/session/structure', { structureId: clinic });
    const sql = 'UPDATE membership SET untilAt = ? WHERE accountId = ? AND structureId = ?';
    await stage.database.execute(sql, [new Date(), claire.id, clinic]);
    const inUse = async () => (await browser.get('/api/session')).body.session.account.structure.id as string;
    await eventually('another structure in use', async () => (await inUse()) === STRUCTURE.id);
    const lines =
      "SELECT reason, structureId FROM auditEvent WHERE name = 'membership_ended' AND accountId = ?";
    expect(await stage.database.rows(lines, [claire.id])).toEqual([
      { reason: 'last-day', structureId: clinic },
    ]);
    await claire.mailAbout('un rattachement de votre compte a pris fin');
  });

  it('gets no role that administers while an administrator may control the account', async () => {
    const sql = 'UPDATE account SET accessChangedAt = ? WHERE id = ?';
    await stage.database.execute(sql, [new Date(), claire.id]);
    const place = `/api/admin/accounts/${claire.id}/memberships/${clinic}`;
    const give = (roles: string[]) => paul.patch(place, { roles }, { headers: { 'if-match': '"1"' } });
    expect((await give(['structure-admin'])).outcome).toBe('409 account.access-changed');
    expect((await give(['professional'])).outcome).toBe('200');
  });
});
