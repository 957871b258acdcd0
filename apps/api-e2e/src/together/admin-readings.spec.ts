import { Person } from '../harness/people/person';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';
import { Visitor } from '../harness/people/visitor';

interface Line {
  name: string;
  actorId: string | null;
  accountId: string | null;
  structureId: string | null;
}

describe('administrators’ access to personal data', () => {
  const stage = useSharedStage();
  let nadia: { person: Person; browser: Visitor };
  let claire: Person;

  beforeEach(async () => {
    nadia = await stage.signedIn({ role: 'structure-admin' });
    claire = await stage.person();
  });

  /** In the journal, by this administrator. */
  const readings = (by = nadia.person) =>
    stage.database.rows<Line & Record<string, unknown>>(
      `SELECT name, actorId, accountId, structureId FROM auditEvent
       WHERE name IN ('account_read', 'journal_read') AND ? IN (actorId, accountId) ORDER BY id`,
      [by.id],
    );
  const page = ({ id }: Person, part = '') => nadia.browser.get(`/api/admin/accounts/${id}${part}`);

  it('is in the journal, a line an hour on each person, however often their page is opened', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => page(claire)));
    expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(200));
    const line = { name: 'account_read', accountId: claire.id, actorId: nadia.person.id };
    expect(await readings()).toEqual([{ ...line, structureId: STRUCTURE.id }]);
  });

  it.each(['/devices', '/means', '/ways-in'])(
    'is in the journal when the page is passed over, and %s is asked for alone',
    async (part) => {
      expect((await page(claire, part)).status).toBe(200);
      expect(await readings()).toMatchObject([{ name: 'account_read', accountId: claire.id }]);
    },
  );

  it('is not recorded for a refusal: data out of reach is not read', async () => {
    const stranger = await stage.person({ structureId: await stage.structure() });
    expect((await page(stranger)).outcome).toBe('404 not-found');
    expect(await readings()).toEqual([]);
  });

  it('is not recorded for one’s own data', async () => {
    await page(nadia.person);
    await nadia.browser.get(`/api/admin/events?account=${nadia.person.id}`);
    await nadia.browser.get('/api/account/activity');
    expect(await readings()).toEqual([]);
  });

  it('is not a list, which says little of each', async () => {
    await nadia.browser.get('/api/admin/accounts');
    expect(await readings()).toEqual([]);
  });

  it('is a line too when it was the journal, by whatever filter', async () => {
    for (const query of ['', '?limit=5', '?name=authn_login_success'])
      await nadia.browser.get(`/api/admin/events${query}`);
    const own = { actorId: nadia.person.id, accountId: nadia.person.id, structureId: STRUCTURE.id };
    expect(await readings()).toEqual([{ name: 'journal_read', ...own }]);
  });

  it('is one line on a person, when it was their lines of the journal and then their page', async () => {
    await nadia.browser.get(`/api/admin/events?account=${claire.id}`);
    await page(claire);
    const line = { name: 'account_read', accountId: claire.id, actorId: nadia.person.id };
    expect(await readings()).toEqual([{ ...line, structureId: STRUCTURE.id }]);
  });

  it('is shown to the person, without the reader’s name and place', async () => {
    await page(claire);
    const browser = stage.visitor();
    await claire.signIn(browser);
    const { items } = (await browser.get('/api/account/activity')).body as {
      items: Record<string, unknown>[];
    };
    const line = items.find(({ name }) => name === 'account_read');
    expect(line).toMatchObject({ address: null, device: null });
    expect(JSON.stringify(line)).not.toContain(nadia.person.id);
  });
});
