import { concurrently } from '@portillon/testing/servers';
import { showChange } from '../harness/people/directory-change';
import type { ShownChange } from '../harness/people/directory-change';
import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';
import { describeOnEveryEngine, STRUCTURE } from '../harness/server/stage';

const LIST = '/api/admin/directory-changes';

interface Line {
  id: string;
  kind: string;
  account: { id: string; name: string } | null;
}

describeOnEveryEngine('what the national directory shows', (stage) => {
  /** Of the structure of the tests, which manages Claire, and of the clinic. */
  let hugo: Visitor;
  let paul: Visitor;
  let clinic: string;
  let claire: Person;
  let ids = 0;

  beforeAll(async () => {
    clinic = await stage.structure('Clinique du Sud');
    hugo = (await stage.signedIn({ role: 'structure-admin' })).browser;
    paul = (await stage.signedIn({ role: 'structure-admin', structureId: clinic })).browser;
  }, 60_000);
  beforeEach(async () => {
    claire = await stage.person();
  });

  const shown = (kind: string, changes: Partial<ShownChange> = {}) =>
    showChange(stage, { kind, accountId: claire.id, structureId: STRUCTURE.id, ...changes });
  const apply = (id: string, browser = hugo) => browser.post(`${LIST}/${id}/apply`, {});
  const setAside = (id: string, browser = hugo, body: object = { reason: 'she practises' }) =>
    browser.post(`${LIST}/${id}/set-aside`, body);
  const listed = async (browser = hugo) => (await browser.get(`${LIST}?limit=100`)).body.items as Line[];
  const account = async () =>
    (await stage.database.row<Record<string, string | null>>('SELECT * FROM account WHERE id = ?', [
      claire.id,
    ]))!;
  const placesOf = async ({ id }: Person) => {
    const sql = 'SELECT structureId FROM membership WHERE accountId = ? AND endedAt IS NULL';
    const rows = await stage.database.rows<{ structureId: string }>(sql, [id]);
    return rows.map(({ structureId }) => structureId);
  };
  const journal = async () => {
    const sql = 'SELECT name, structureId, reason FROM auditEvent WHERE accountId = ? ORDER BY id';
    return stage.database.rows<{ name: string; structureId: string; reason: string | null }>(sql, [
      claire.id,
    ]);
  };
  const newNationalId = () => `8${String(10_100_000_000 + ids++)}`;
  async function withAdeli(columns = ''): Promise<void> {
    const nationalId = `07598${String(10_000 + ids++)}`;
    const sql = `UPDATE account SET nationalId = ?${columns} WHERE id = ?`;
    await stage.database.execute(sql, [nationalId, claire.id]);
  }

  it('is listed to the administrators of that structure and to the nation, with names', async () => {
    const id = await shown('renamed', { details: { givenName: 'CLAIRE', familyName: 'ROUX' } });
    const expected = {
      id,
      kind: 'renamed',
      account: { id: claire.id, name: claire.displayName },
      structure: STRUCTURE,
      nationalId: null,
      givenName: 'CLAIRE',
      familyName: 'ROUX',
      finess: null,
    };
    expect((await listed()).find((one) => one.id === id)).toMatchObject(expected);
    const national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
    expect((await listed(national)).find((one) => one.id === id)).toMatchObject(expected);
    expect(await listed(paul)).toEqual([]);
    expect((await paul.get(LIST)).body).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  it('is listed in pages, and no other text is a cursor', async () => {
    for (const structureId of [clinic, clinic, clinic])
      await shown('inactive', { structureId, details: { ids: ids++ } });
    const first = (await paul.get(`${LIST}?limit=2`)).body;
    const rest = (await paul.get(`${LIST}?limit=2&cursor=${String(first.nextCursor)}`)).body;
    const found = [...(first.items as Line[]), ...(rest.items as Line[])].map(({ id }) => id);
    expect([new Set(found).size, first.total, rest.nextCursor]).toEqual([3, 3, null]);
    expect((await paul.get(`${LIST}?cursor=x`)).outcome).toBe('422 validation.failed');
    for (const id of found) expect((await setAside(id, paul)).status).toBe(204);
  });

  it('closes the account of a person who practises no more, and ends their sessions', async () => {
    const browser = stage.visitor();
    await claire.signIn(browser);
    const id = await shown('inactive');
    expect((await apply(id)).outcome).toBe('204');
    expect(await account()).toMatchObject({ status: 'DEACTIVATED' });
    expect((await browser.get('/api/account')).status).toBe(401);
    const names = (await journal()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['directory_change_applied', 'user_archived']));
    expect((await listed()).some((one) => one.id === id)).toBe(false);
  });

  it('ends the membership alone where another structure manages the account', async () => {
    await stage.member(claire.id, clinic);
    expect((await apply(await shown('inactive', { structureId: clinic }), paul)).outcome).toBe('204');
    expect([(await account())['status'], await placesOf(claire)]).toEqual(['ACTIVE', [STRUCTURE.id]]);
    expect(await journal()).toMatchObject([
      { name: 'directory_change_applied', structureId: clinic },
      { name: 'membership_ended', structureId: clinic },
    ]);
  });

  it('ends the membership of a person who left, and closes the account of one without another', async () => {
    await stage.member(claire.id, clinic);
    expect((await apply(await shown('left', { structureId: clinic }), paul)).outcome).toBe('204');
    expect(await placesOf(claire)).toEqual([STRUCTURE.id]);
    expect((await apply(await shown('left'))).outcome).toBe('204');
    expect(await account()).toMatchObject({ status: 'DEACTIVATED' });
  });

  it('leaves a person who left the managing structure to the nation, if another one remains', async () => {
    await stage.member(claire.id, clinic);
    expect((await apply(await shown('left'))).outcome).toBe('204');
    expect(await placesOf(claire)).toEqual([clinic]);
    expect(await account()).toMatchObject({ status: 'ACTIVE', structureId: null });
  });

  it('changes the name', async () => {
    await stage.database.execute(
      "UPDATE account SET givenName = 'Claire', familyName = 'Martin', displayName = 'Claire Martin' WHERE id = ?",
      [claire.id],
    );
    const details = { givenName: 'Claire', familyName: 'Roux' };
    expect((await apply(await shown('renamed', { details }))).outcome).toBe('204');
    expect(await account()).toMatchObject({ ...details, displayName: 'Claire Roux' });
  });

  it('replaces the number at once in an account that was never used', async () => {
    await withAdeli(", status = 'INVITED', passwordDigest = NULL, lastSignedInAt = NULL");
    const nationalId = newNationalId();
    expect((await apply(await shown('replaced-id', { details: { nationalId } }))).outcome).toBe('204');
    expect(await account()).toMatchObject({ nationalId });
  });

  it('waits with the new number where every link waits', async () => {
    await withAdeli();
    await stage.database.execute("UPDATE account SET roles = 'structure-admin' WHERE id = ?", [claire.id]);
    await stage.database.execute("UPDATE membership SET roles = 'structure-admin' WHERE accountId = ?", [
      claire.id,
    ]);
    const nationalId = newNationalId();
    expect((await apply(await shown('replaced-id', { details: { nationalId } }))).outcome).toBe('204');
    expect(await account()).toMatchObject({ nationalId: null });
    const sql = 'SELECT kind, value FROM pendingChange WHERE accountId = ?';
    expect(await stage.database.rows(sql, [claire.id])).toEqual([{ kind: 'identity', value: nationalId }]);
  });

  it('gives no number that another account has, and then stays open', async () => {
    await withAdeli();
    const nationalId = newNationalId();
    const other = await stage.person();
    await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [nationalId, other.id]);
    const before = await account();
    const id = await shown('replaced-id', { details: { nationalId } });
    expect((await apply(id)).outcome).toBe('409 account.taken');
    expect(await account()).toEqual(before);
    expect(await journal()).toEqual([]);
    expect((await listed()).some((one) => one.id === id)).toBe(true);
  });

  it('gives no number to an account that has another one of the RPPS meanwhile', async () => {
    const own = newNationalId();
    await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [own, claire.id]);
    const id = await shown('replaced-id', { details: { nationalId: newNationalId() } });
    expect((await apply(id)).outcome).toBe('409 account.state');
    expect(await account()).toMatchObject({ nationalId: own });
  });

  it('of a closed structure is only set aside', async () => {
    const id = await shown('closed-structure', { accountId: null, details: { finess: '750712184' } });
    expect((await apply(id)).outcome).toBe('409 account.state');
    expect((await setAside(id)).outcome).toBe('204');
    expect((await listed()).some((one) => one.id === id)).toBe(false);
  });

  it('is set aside with a reason, which the journal has', async () => {
    const id = await shown('inactive');
    expect((await setAside(id, hugo, {})).outcome).toBe('422 validation.failed');
    expect((await setAside(id, hugo, { reason: ' ' })).outcome).toBe('422 validation.failed');
    expect((await setAside(id)).outcome).toBe('204');
    expect(await account()).toMatchObject({ status: 'ACTIVE' });
    expect(await journal()).toMatchObject([
      { name: 'directory_change_set_aside', structureId: STRUCTURE.id, reason: 'she practises' },
    ]);
  });

  it('is not found by an administrator of another structure, also one where the person works', async () => {
    await stage.member(claire.id, clinic);
    const id = await shown('inactive');
    for (const outcome of [await apply(id, paul), await setAside(id, paul)])
      expect(outcome.outcome).toBe('404 not-found');
    expect(await account()).toMatchObject({ status: 'ACTIVE' });
  });

  it('is decided once: a second decision finds nothing, of sixteen at once one succeeds', async () => {
    const id = await shown('inactive');
    const { results } = await concurrently(16, (index) => (index % 2 ? apply(id) : setAside(id)));
    expect(results.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const { outcome } of results) expect(['204', '404 not-found']).toContain(outcome);
    expect((await apply(id)).outcome).toBe('404 not-found');
    const decided = (await journal()).filter(({ name }) => name.startsWith('directory_change'));
    expect(decided).toHaveLength(1);
  });

  it('closes neither one’s own account nor that of a national administrator', async () => {
    const { person, browser } = await stage.signedIn({ role: 'structure-admin' });
    const own = await shown('inactive', { accountId: person.id });
    expect((await apply(own, browser)).outcome).toBe('409 act.on-self');
    const boss = await stage.person({ role: 'national-admin' });
    const higher = await shown('inactive', { accountId: boss.id });
    expect((await apply(higher)).outcome).toBe('403 permission.denied');
    const sql = "SELECT status FROM account WHERE id IN (?, ?) AND status <> 'ACTIVE'";
    expect(await stage.database.rows(sql, [person.id, boss.id])).toEqual([]);
  });
});
