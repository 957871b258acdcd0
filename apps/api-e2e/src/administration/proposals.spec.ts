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

const desk = new CardDesk('portillon.test');
afterAll(() => desk.close());

describe('a person whom a structure wants to attach', () => {
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
  const structuresOf = async (person: Person) => {
    const sql = 'SELECT structureId FROM membership WHERE accountId = ? AND endedAt IS NULL';
    const rows = await stage.database.rows<{ structureId: string }>(sql, [person.id]);
    return rows.map(({ structureId }) => structureId).sort();
  };
  const journal = async (structureId: string | null) => {
    const sql =
      "SELECT name, accountId, data FROM auditEvent WHERE COALESCE(structureId, '') = ? AND name LIKE 'membership%' ORDER BY id";
    return stage.database.rows<{ name: string; accountId: string; data: string }>(sql, [structureId ?? '']);
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
      expect((await paul.get(`/api/admin/accounts/${claire.id}`)).outcome).toBe('404 not-found');
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
      expect((await paul.get(`/api/admin/accounts/${claire.id}`)).body).toMatchObject({ managedHere: false });
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
      const ask = (path: string, body: object) =>
        stage.visitor().post(`/api/membership-proposals/${path}`, body);
      expect((await ask('look', { token })).outcome).toBe('401 token.rejected');
      expect((await ask('answer', { token, accept: true })).outcome).toBe('401 token.rejected');
    });
  });
});
