import { concurrently } from '@portillon/testing/servers';
import { CardDesk, PROXY_SECRET } from '../harness/people/card-desk';
import type { Answer } from '../harness/people/answer.types';
import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';
import { QUICK, STRUCTURE, useStage } from '../harness/server/stage';

const OFFER = 'vous propose un rattachement';
const JOINED = 'est rattaché à une structure';
/** That of the card `cps` of the tests. */
const CARD_ID = '899700366240';
const UNKNOWN = { email: 'personne@hopital.example' };
const WHY = { reason: 'Fin du remplacement' };

const desk = new CardDesk('portillon.test');
afterAll(() => desk.close());

describe('a person of several structures', () => {
  const stage = useStage({
    environment: { ...QUICK.environment, ...desk.settings, CPX_PROXY_SECRET: PROXY_SECRET },
  });
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
  const propose = (who: object, browser = paul) =>
    browser.post(proposals(), { function: 'Cardiologue', ...who });
  const listed = async () => (await paul.get(proposals())).body.items as { id: string; identifier: string }[];
  const own = async (browser: Visitor) => (await browser.get('/api/account/memberships')).body;
  const answer = (browser: Visitor, id: string, how: 'accept' | 'refuse') =>
    browser.post(`/api/account/proposals/${id}/${how}`, {});
  const accountOf = ({ id }: Person) => `/api/admin/accounts/${id}`;
  const placeOf = (person: Person, structureId = clinic) => `${accountOf(person)}/memberships/${structureId}`;
  const end = (person: Person, structureId = clinic, browser = paul) =>
    browser.post(`${placeOf(person, structureId)}/end`, WHY);
  const inUse = async (browser: Visitor) => (await browser.get('/api/session')).body.account?.structure?.id;
  const structuresOf = async (person: Person) => {
    const sql = 'SELECT structureId FROM membership WHERE accountId = ? AND endedAt IS NULL';
    const rows = await stage.database.rows<{ structureId: string }>(sql, [person.id]);
    return rows.map(({ structureId }) => structureId).sort();
  };
  const journal = async (structureId: string | null) => {
    const sql =
      "SELECT name, accountId, data FROM auditEvent WHERE structureId <=> ? AND name LIKE 'membership%'";
    return stage.database.rows<{ name: string; accountId: string; data: string }>(sql, [structureId]);
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
  const byCard = (body: object = {}) => {
    const headers = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': PROXY_SECRET };
    return stage.visitor().post('/api/sign-in/cpx', body, { headers });
  };

  describe('is proposed to join', () => {
    it('with the same answer, list and journal as someone who has no account', async () => {
      const claire = await stage.person();
      const before = (await journal(clinic)).length;
      const [known, unknown] = [await propose({ email: claire.email }), await propose(UNKNOWN)];
      const shape = ({ outcome, body }: Answer) => {
        const { id, identifier, proposedAt, expiresAt, ...rest } = body as Record<string, string>;
        return [
          outcome,
          Date.parse(expiresAt!) - Date.parse(proposedAt!),
          rest,
          typeof id,
          typeof identifier,
        ];
      };
      expect(known.outcome).toBe('202');
      expect(shape(known)).toEqual(shape(unknown));
      expect((await listed()).slice(0, 2).map(({ identifier }) => identifier)).toEqual([
        UNKNOWN.email,
        claire.email,
      ]);
      const lines = (await journal(clinic)).slice(before);
      expect(lines.map(({ name }) => name)).toEqual(['membership_proposed', 'membership_proposed']);
      expect(JSON.stringify(lines)).not.toContain(claire.id);
      expect(JSON.stringify(lines)).not.toContain(claire.email);
      expect((await paul.get(accountOf(claire))).outcome).toBe('404 not-found');
      await claire.mailAbout(OFFER);
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id]);
    });

    it('by administrators of that structure, with roles that they may give', async () => {
      const claire = await stage.person();
      expect((await propose({ email: claire.email }, hugo)).outcome).toBe('404 not-found');
      const national = await propose({ email: claire.email, roles: ['national-admin'] });
      expect(national.outcome).toBe('403 permission.denied');
      expect((await propose({})).outcome).toBe('422 validation.failed');
      const past = await propose({ email: claire.email, until: '2020-01-01T00:00:00Z' });
      expect(past.outcome).toBe('422 validation.failed');
    });

    it('and joins by the link, which opens nothing twice', async () => {
      const claire = await stage.person();
      await propose({ email: claire.email });
      const token = await claire.tokenIn(OFFER);
      const visitor = stage.visitor();
      const look = await visitor.post('/api/membership-proposals/look', { token });
      expect(look.body).toEqual({
        structure: { name: 'Clinique du Sud' },
        roles: ['professional'],
        function: 'Cardiologue',
        displayName: claire.displayName,
      });
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id]);
      const joined = () => visitor.post('/api/membership-proposals/answer', { token, accept: true });
      expect((await joined()).outcome).toBe('204');
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id, clinic].sort());
      expect((await joined()).outcome).toBe('401 token.rejected');
      await claire.mailAbout(JOINED);
      const [line] = (await journal(clinic)).slice(-1);
      expect([line!.name, line!.accountId, JSON.parse(line!.data)]).toEqual([
        'membership_opened',
        claire.id,
        expect.objectContaining({ by: 'link' }),
      ]);
      expect((await paul.get(accountOf(claire))).body).toMatchObject({ managedHere: false });
    });

    it('and joins in « Mon compte », with the rights at once in every session', async () => {
      const claire = await stage.person();
      const [browser, other] = [stage.visitor(), stage.visitor()];
      await claire.signIn(browser);
      await claire.signIn(other);
      await propose({ email: claire.email });
      const [offer] = (await own(browser)).proposals;
      expect(offer).toMatchObject({ structure: { id: clinic }, function: 'Cardiologue', needs: null });
      expect((await answer(browser, offer.id, 'accept')).outcome).toBe('204');
      expect((await answer(browser, offer.id, 'accept')).outcome).toBe('409 proposal.over');
      expect((await own(browser)).items).toMatchObject([{ manages: true }, { manages: false }]);
      const chosen = await other.send('PUT', '/api/session/structure', { structureId: clinic });
      expect(chosen.outcome).toBe('200');
    });

    it('and joins by a card of the same number', async () => {
      const claire = await stage.person();
      await proveIdentity(claire, CARD_ID, 'face-to-face');
      await propose({ nationalId: CARD_ID.slice(1) });
      expect((await byCard()).outcome).toBe('200');
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id, clinic].sort());
      const [line] = (await journal(clinic)).slice(-1);
      expect([line!.name, JSON.parse(line!.data)]).toEqual([
        'membership_opened',
        expect.objectContaining({ by: 'card' }),
      ]);
    });

    it('and refuses, which the structure does not learn', async () => {
      const { person: claire, browser } = await stage.signedIn();
      const { body } = await propose({ email: claire.email });
      const before = [await listed(), await journal(clinic)];
      expect((await answer(browser, body.id, 'refuse')).outcome).toBe('204');
      expect([await listed(), await journal(clinic)]).toEqual(before);
      expect((await journal(null)).slice(-1)).toMatchObject([
        { name: 'membership_refused', accountId: claire.id },
      ]);
      expect((await own(browser)).proposals).toEqual([]);
      expect((await answer(browser, body.id, 'accept')).outcome).toBe('409 proposal.over');
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id]);
    });

    it('and not once the proposal was withdrawn', async () => {
      const { person: claire, browser } = await stage.signedIn();
      const { body } = await propose({ email: claire.email });
      const withdraw = (by: Visitor) => by.post(`${proposals()}/${body.id}/withdraw`, {});
      expect((await withdraw(hugo)).outcome).toBe('404 not-found');
      expect((await withdraw(paul)).outcome).toBe('204');
      expect((await withdraw(paul)).outcome).toBe('404 not-found');
      expect((await answer(browser, body.id, 'accept')).outcome).toBe('409 proposal.over');
    });

    it('once, of sixteen proposals and sixteen answers at once', async () => {
      const { person: claire, browser } = await stage.signedIn();
      const proposed = await concurrently(16, () => propose({ email: claire.email }));
      expect(new Set(proposed.results.map(({ outcome, body }) => `${outcome} ${String(body.id)}`)).size).toBe(
        1,
      );
      const id = String(proposed.results[0]!.body.id);
      const { results } = await concurrently(16, () => answer(browser, id, 'accept'));
      expect(results.map(({ outcome }) => outcome).sort()).toEqual([
        '204',
        ...Array<string>(15).fill('409 proposal.over'),
      ]);
    });
  });

  describe('is no stranger with the same identifiers', () => {
    it('of another account, whose holder sees and answers nothing', async () => {
      const claire = await stage.person();
      const { browser } = await stage.signedIn();
      const { body } = await propose({ email: claire.email });
      expect((await own(browser)).proposals).toEqual([]);
      expect((await answer(browser, body.id, 'accept')).outcome).toBe('409 proposal.over');
      expect((await answer(browser, body.id, 'refuse')).outcome).toBe('409 proposal.over');
    });

    it('whose number an administrator wrote into the account', async () => {
      const { person: claire, browser } = await stage.signedIn();
      await proveIdentity(claire, '810003456789', 'face-to-face');
      const { body } = await propose({ nationalId: '10003456789' });
      expect((await own(browser)).proposals).toMatchObject([{ id: body.id, needs: 'card' }]);
      expect((await answer(browser, body.id, 'accept')).outcome).toBe('403 proposal.unproven');
      const token = await claire.tokenIn(OFFER);
      const joined = await stage.visitor().post('/api/membership-proposals/answer', { token, accept: true });
      expect(joined.outcome).toBe('403 proposal.unproven');
      expect(await structuresOf(claire)).toEqual([STRUCTURE.id]);
      await proveIdentity(claire, '810003456789');
      expect((await answer(browser, body.id, 'accept')).outcome).toBe('204');
    });

    it('whose address no code has proven in this session', async () => {
      const { person: claire, browser } = await stage.signedIn();
      await claire.setUpPhone(browser);
      const bySms = stage.visitor();
      await claire.signIn(bySms);
      const { body } = await propose({ email: claire.email });
      expect((await own(bySms)).proposals).toMatchObject([{ needs: 'mail-link' }]);
      expect((await answer(bySms, body.id, 'accept')).outcome).toBe('403 proposal.unproven');
    });

    it('with whom they share a mailbox', async () => {
      const { person: claire, browser } = await stage.signedIn();
      const other = await stage.person();
      const sql = 'UPDATE account SET email = ?, emailKey = ? WHERE id = ?';
      await stage.database.execute(sql, [claire.email, claire.email, other.id]);
      const { body } = await propose({ email: claire.email });
      expect((await answer(browser, body.id, 'accept')).outcome).toBe('409 proposal.over');
    });

    it('by a link that someone guessed', async () => {
      const { body } = await propose(UNKNOWN);
      const token = `${String(body.id)}.${'A'.repeat(43)}`;
      for (const path of ['look', 'answer']) {
        const tried = await stage
          .visitor()
          .post(`/api/membership-proposals/${path}`, { token, accept: true });
        expect(tried.outcome).toBe('401 token.rejected');
      }
    });
  });

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
