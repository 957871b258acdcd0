import { concurrently } from '@portillon/testing/servers';
import type { Answer } from '../harness/people/answer.types';
import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';
import { QUICK, STRUCTURE, useStage } from '../harness/server/stage';

const CARD_ID = '899700366240';
const WHY = { reason: 'Fin du remplacement' };

describe('a person of several structures', () => {
  const stage = useStage(QUICK);
  /** Of the structure of the tests, which manages Claire, and of the clinic, where she comes to work. */
  let hugo: Visitor;
  let paul: Visitor;
  let clinic: string;

  beforeAll(async () => {
    clinic = await stage.structure('Clinique du Sud');
    hugo = (await stage.signedIn({ role: 'structure-admin' })).browser;
    paul = (await stage.signedIn({ role: 'structure-admin', structureId: clinic })).browser;
  }, 60_000);

  const proposals = () => `/api/admin/structures/${clinic}/proposals`;
  const accountOf = ({ id }: Person) => `/api/admin/accounts/${id}`;
  const placeOf = (person: Person, structureId = clinic) => `${accountOf(person)}/memberships/${structureId}`;
  const end = (person: Person, structureId = clinic, browser = paul) =>
    browser.post(`${placeOf(person, structureId)}/end`, WHY);
  const inUse = async (browser: Visitor) =>
    (await browser.get('/api/session')).body.session?.account.structure?.id;
  const structuresOf = async (person: Person) => {
    const sql = 'SELECT structureId FROM membership WHERE accountId = ? AND endedAt IS NULL';
    const rows = await stage.database.rows<{ structureId: string }>(sql, [person.id]);
    return rows.map(({ structureId }) => structureId).sort();
  };
  const member = async () => {
    const person = await stage.person();
    await stage.member(person.id, clinic);
    return person;
  };
  /** As a card or Pro Santé Connect records it. */
  const proveIdentity = ({ id }: Person, nationalId: string, method = 'card') =>
    stage.database.execute(
      'UPDATE account SET nationalId = ?, identityMethod = ?, identityVerifiedAt = ? WHERE id = ?',
      [nationalId, method, new Date(), id],
    );

  describe('is seen by the structure that does not manage the account', () => {
    it('in part, in the list and on the page, and found by name alone', async () => {
      const claire = await member();
      await proveIdentity(claire, '810003450001');
      const page = (await paul.get(accountOf(claire))).body;
      expect(page).toMatchObject({
        displayName: claire.displayName,
        managedHere: false,
        managedBy: { id: STRUCTURE.id },
        email: '',
        username: '',
        nationalId: null,
        memberships: [{ structure: { id: clinic }, manages: false }],
      });
      const find = async (q: string) => {
        const { body } = await paul.get(`/api/admin/accounts?q=${encodeURIComponent(q)}`);
        return (body.items as { id: string }[]).map(({ id }) => id);
      };
      // The tests insert accounts without search terms; an edit writes them.
      const { body, headers } = await hugo.get(accountOf(claire));
      await hugo.patch(accountOf(claire), { locale: 'en' }, { headers: { 'if-match': headers.etag! } });
      expect(await find(String(body.displayName))).toEqual([claire.id]);
      for (const hidden of [claire.email, claire.username, '810003450001'])
        expect(await find(hidden)).toEqual([]);
      expect((await paul.get(`${accountOf(claire)}/ways-in`)).body).toMatchObject({ canEnter: 'yes' });
      const all = JSON.stringify([page, (await paul.get('/api/admin/accounts?limit=100')).body]);
      expect(all).not.toContain(claire.email);
      expect(all).not.toContain('810003450001');
    });

    it.each<[string, (person: Person) => Promise<Answer>]>([
      ['edits', (one) => paul.patch(accountOf(one), { locale: 'en' }, { headers: { 'if-match': '"1"' } })],
      ['closes', (one) => paul.post(`${accountOf(one)}/deactivate`, WHY)],
      ['resets the factors of', (one) => paul.post(`${accountOf(one)}/reset-factors`, WHY)],
      ['links a card to', (one) => paul.post(`${accountOf(one)}/link`, { nationalId: CARD_ID })],
      ['reads the devices of', (one) => paul.get(`${accountOf(one)}/devices`)],
      ['exports the data of', (one) => paul.post(`${accountOf(one)}/data`, WHY)],
      ['hands over', (one) => paul.post(`${accountOf(one)}/hand-over`, { ...WHY, structureId: clinic })],
    ])('who never %s the account', async (_, act) => {
      const claire = await member();
      expect((await act(claire)).outcome).toBe('403 account.managed-elsewhere');
      expect((await act(await stage.person())).outcome).toBe('404 not-found');
    });

    it('who changes the roles there, in the version that was read', async () => {
      const claire = await member();
      const change = (changes: object, version = 1, browser = paul) =>
        browser.patch(placeOf(claire), changes, { headers: { 'if-match': `"${version}"` } });
      const changed = await change({ roles: ['structure-admin'], function: 'Chef de pôle' });
      expect(changed.body).toMatchObject({
        roles: ['structure-admin'],
        function: 'Chef de pôle',
        version: 2,
      });
      expect((await change({ function: null })).outcome).toBe('412 precondition.failed');
      expect((await change({ roles: ['auditor'] }, 2)).outcome).toBe('403 permission.denied');
      expect((await change({ function: 'x' }, 2, hugo)).outcome).toBe('404 not-found');
    });
  });

  describe('leaves a structure', () => {
    it('whose rights end at the next request, and sessions in use there fall back', async () => {
      const claire = await stage.person();
      await stage.member(claire.id, clinic, ['structure-admin']);
      const browser = stage.visitor();
      await claire.signIn(browser);
      await browser.send('PUT', '/api/session/structure', { structureId: clinic });
      expect((await browser.get(proposals())).outcome).toBe('200');
      expect(await inUse(browser)).toBe(clinic);
      expect((await end(claire)).outcome).toBe('204');
      expect((await browser.get(proposals())).outcome).toBe('403 permission.denied');
      expect(await inUse(browser)).toBe(STRUCTURE.id);
      expect((await end(claire)).outcome).toBe('404 not-found');
      expect((await paul.get(accountOf(claire))).outcome).toBe('404 not-found');
      await claire.mailAbout('un rattachement de votre compte a pris fin');
    });

    it('with their sessions, when none is left', async () => {
      const claire = await stage.person({ structureId: null });
      await stage.member(claire.id, clinic);
      const browser = stage.visitor();
      await claire.signIn(browser);
      expect((await end(claire)).outcome).toBe('204');
      expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    });

    it('that manages the account, which then the nation does', async () => {
      const alone = await stage.person();
      expect((await end(alone, STRUCTURE.id, hugo)).outcome).toBe('409 account.state');
      const claire = await member();
      expect((await end(claire, STRUCTURE.id, hugo)).outcome).toBe('204');
      expect((await hugo.get(accountOf(claire))).outcome).toBe('404 not-found');
      expect((await paul.get(accountOf(claire))).body).toMatchObject({ managedBy: null, managedHere: false });
    });

    it('while they sign in, and no session of that structure remains', async () => {
      const claire = await member();
      await stage.database.execute('UPDATE account SET lastStructureId = ? WHERE id = ?', [
        clinic,
        claire.id,
      ]);
      const browsers = Array.from({ length: 15 }, () => stage.visitor());
      for (const browser of browsers) await claire.givePassword(browser);
      const code = claire.codeInMail();
      const { errors } = await concurrently(16, (index) =>
        index === 7 ? end(claire) : browsers[index % 15]!.post('/api/sign-in/code', { code }),
      );
      expect(errors).toEqual([]);
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id]);
      const sql = 'SELECT principal FROM session WHERE accountId = ? AND endedAt IS NULL';
      const sessions = await stage.database.rows<{ principal: string }>(sql, [claire.id]);
      expect(JSON.stringify(sessions)).not.toContain(clinic);
    });
  });

  describe('is handed over', () => {
    const decide = async (person: Person, how: 'confirm' | 'cancel', browser: Visitor) => {
      const { body } = await browser.get(accountOf(person));
      const headers = { 'if-match': `"${String(body.version)}"` };
      return browser.post(`${accountOf(person)}/pending-changes/management/${how}`, {}, { headers });
    };
    const ask = (person: Person, structureId = clinic) =>
      hugo.post(`${accountOf(person)}/hand-over`, { ...WHY, structureId });

    it('by both structures', async () => {
      const claire = await member();
      expect((await ask(await stage.person())).outcome).toBe('409 account.state');
      expect((await ask(claire)).body.pendingChanges).toMatchObject([{ kind: 'management', value: clinic }]);
      expect((await decide(claire, 'confirm', hugo)).outcome).toBe('404 not-found');
      expect((await paul.get(accountOf(claire))).body.pendingChanges).toMatchObject([{ kind: 'management' }]);
      const taken = await decide(claire, 'confirm', paul);
      expect(taken.body).toMatchObject({ managedHere: true, email: claire.email, pendingChanges: [] });
      expect((await hugo.get(accountOf(claire))).body).toMatchObject({ managedHere: false, email: '' });
      const sql =
        "SELECT name FROM auditEvent WHERE accountId = ? AND structureId = ? AND name LIKE 'account_%'";
      const lines = await stage.database.rows<{ name: string }>(sql, [claire.id, clinic]);
      expect(lines.map(({ name }) => name)).toContain('account_handed_over');
    });

    it('or not, when the other structure refuses', async () => {
      const claire = await member();
      await ask(claire);
      expect((await decide(claire, 'cancel', paul)).body).toMatchObject({ managedHere: false, email: '' });
      expect((await hugo.get(accountOf(claire))).body).toMatchObject({
        managedHere: true,
        pendingChanges: [],
      });
    });

    it('by a second administrator, where one reaches both', async () => {
      const [nadia, second] = await Promise.all(
        [1, 2].map(async () => {
          const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
          return browser;
        }),
      );
      const claire = await member();
      await nadia!.post(`${accountOf(claire)}/hand-over`, { ...WHY, structureId: clinic });
      expect((await decide(claire, 'confirm', nadia!)).outcome).toBe('409 act.on-own-request');
      expect((await decide(claire, 'confirm', second!)).body).toMatchObject({ managedBy: { id: clinic } });
    });

    it('or closed, of both at once', async () => {
      for (let round = 0; round < 4; round++) {
        const claire = await member();
        await ask(claire);
        const { results, errors } = await concurrently(16, (index) =>
          index % 2 ? decide(claire, 'confirm', paul) : hugo.post(`${accountOf(claire)}/deactivate`, WHY),
        );
        expect(errors).toEqual([]);
        expect(results.filter(({ status }) => status >= 500)).toEqual([]);
        const row = await stage.database.row<{ status: string; structureId: string }>(
          'SELECT status, structureId FROM account WHERE id = ?',
          [claire.id],
        );
        expect([
          ['DEACTIVATED', STRUCTURE.id],
          ['ACTIVE', clinic],
        ]).toContainEqual([row!.status, row!.structureId]);
        expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
      }
    });
  });
});
