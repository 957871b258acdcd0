import { DAY, SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { accountPersistence } from '../account.persistence';
import type { AccountDraft } from '../account/account.types';
import { accountServices } from '../testing/account.fixture';

const RPPS = '10003456789';
const NATIONAL_ID = `8${RPPS}`;
const EMAIL = 'claire@nord.example';

describeOnEveryEngine('memberships that structures propose', [accountPersistence], (testDatabase) => {
  let clock: SettableClock;
  let services: ReturnType<typeof accountServices>;
  let north: string;
  let south: string;
  const run = <Result>(work: (tx: EntityManager) => Promise<Result>) =>
    new Transactions(testDatabase.dataSource).run(work);

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock();
    services = accountServices(testDatabase.dataSource, clock);
    [north, south] = [await structure('Hôpital du Nord'), await structure('Clinique du Sud')];
  });

  async function structure(name: string): Promise<string> {
    const made = await services.structures.create({ name });
    if (made.status !== 'created') throw new Error(made.status);
    return made.structure.id;
  }

  async function person(changes: Partial<AccountDraft> = {}): Promise<string> {
    const username = `claire-${new SystemRandom(clock).id()}`;
    const draft = { username, email: EMAIL, displayName: 'Claire Martin', structureId: north, ...changes };
    const made = await run((tx) => services.accounts.create(draft, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  const propose = (
    who: { nationalId: string } | { email: string } = { email: EMAIL },
    changes: object = {},
  ) =>
    run((tx) =>
      services.proposals.propose(
        {
          structureId: south,
          roles: ['professional'],
          source: 'console',
          proposedBy: 'hugo',
          ...who,
          ...changes,
        },
        tx,
      ),
    );
  const offered = async (accountId: string) =>
    (await services.proposals.findFor((await services.accounts.get(accountId))!)).map(({ id }) => id);
  const confirm = (id: string, accountId: string) =>
    run((tx) => services.proposals.confirm(id, accountId, tx));
  const refuse = (id: string, accountId: string) => run((tx) => services.proposals.refuse(id, accountId, tx));
  const listed = async () => (await services.proposals.list(south)).map(({ id }) => id);

  it('are the same whether there is an account or not', async () => {
    const rowOf = async () => {
      const { id, ...row } = await propose({ nationalId: `${RPPS.slice(0, 4)} ${RPPS.slice(4)}` });
      expect(await listed()).toEqual([id]);
      await run((tx) => services.proposals.withdraw(id, south, tx));
      return row;
    };
    const before = await rowOf();
    await person({ nationalId: NATIONAL_ID });
    expect(await rowOf()).toEqual(before);
    expect(before).toMatchObject({ identifierKind: 'nationalId', identifier: NATIONAL_ID });
  });

  it.each([{ email: 'Claire@Nord.example' }, { nationalId: RPPS }])(
    'by %j open the membership once their person confirms',
    async (who) => {
      const id = await person({ nationalId: NATIONAL_ID });
      const until = new Date(clock.now().getTime() + DAY);
      const proposal = await propose(who, { function: 'Cardiologue', externalId: 'e1', until });
      expect(await offered(id)).toEqual([proposal.id]);
      const named = async (at: string) =>
        (await services.proposals.findByExternalId('e1', at)).map((one) => one.id);
      expect([await named(south), await named(north)]).toEqual([[proposal.id], []]);
      expect(await confirm(proposal.id, id)).toMatchObject({ structure: { name: 'Clinique du Sud' } });
      expect(await services.memberships.find(id, south)).toMatchObject({
        roles: ['professional'],
        function: 'Cardiologue',
        externalId: 'e1',
        until,
      });
      expect([await offered(id), await listed(), await confirm(proposal.id, id)]).toEqual([
        [],
        [],
        undefined,
      ]);
    },
  );

  it('are answered by no other account', async () => {
    await person({ nationalId: NATIONAL_ID });
    const other = await person({ nationalId: '810003456780', email: 'marc@nord.example' });
    for (const who of [{ email: EMAIL }, { nationalId: RPPS }]) {
      const { id } = await propose(who);
      expect([await offered(other), await confirm(id, other), await refuse(id, other)]).toEqual([
        [],
        undefined,
        undefined,
      ]);
      expect(await listed()).toContain(id);
    }
  });

  it('by an address that two open accounts share are answered by neither', async () => {
    const first = await person();
    const second = await person();
    const { id } = await propose();
    expect(await services.proposals.findAccountOf(id)).toBeUndefined();
    expect([await offered(first), await confirm(id, first)]).toEqual([[], undefined]);
    await run((tx) => services.administration.deactivate(second, tx));
    expect([await offered(second), await confirm(id, second)]).toEqual([[], undefined]);
    expect(await services.proposals.findAccountOf(id)).toBe(first);
    expect(await confirm(id, first)).toBeDefined();
  });

  it('follow the address and the national id that an account has when it answers', async () => {
    const id = await person();
    const proposal = await propose();
    await run((tx) => services.accounts.setEmail(id, 'new@nord.example', tx));
    expect(await confirm(proposal.id, id)).toBeUndefined();
  });

  it('that are refused are listed as before, and answered no more', async () => {
    const id = await person();
    const proposal = await propose();
    const before = await services.proposals.list(south);
    expect(await refuse(proposal.id, id)).toBeDefined();
    expect(await services.proposals.list(south)).toEqual(before);
    expect([await offered(id), await confirm(proposal.id, id), await refuse(proposal.id, id)]).toEqual([
      [],
      undefined,
      undefined,
    ]);
    const again = await propose();
    expect([again.id, await offered(id)]).toEqual([proposal.id, [proposal.id]]);
  });

  it('are over when they are withdrawn by their structure, or after 30 days', async () => {
    const id = await person();
    const first = await propose();
    const withdraw = (proposalId: string, structureId: string) =>
      run((tx) => services.proposals.withdraw(proposalId, structureId, tx));
    expect([await withdraw(first.id, north), await withdraw(first.id, south)]).toEqual([false, true]);
    expect(await confirm(first.id, id)).toBeUndefined();
    const second = await propose();
    expect(second.id).not.toBe(first.id);
    clock.advance(30 * DAY);
    expect([await confirm(second.id, id), await listed()]).toEqual([undefined, []]);
    clock.advance(1);
    expect(await services.proposals.purge(9)).toBe(1);
  });

  it('send one mail a day, however often they are repeated', async () => {
    const due = async () => (await services.proposals.findUnmailed(9)).map(({ id }) => id);
    const { id } = await propose();
    expect(await due()).toEqual([id]);
    const mailed = () => run((tx) => services.proposals.issueLink(id, tx));
    expect([await mailed(), await mailed(), await due()]).toEqual([expect.any(String), undefined, []]);
    await propose();
    expect(await due()).toEqual([]);
    await run((tx) => services.proposals.withdraw(id, south, tx));
    const again = await propose();
    expect(await due()).toEqual([]);
    clock.advance(DAY + 1);
    await propose();
    expect(await due()).toEqual([again.id]);
  });

  it('are found by the link of their mail, while their person may answer', async () => {
    const accountId = await person();
    const { id } = await propose();
    const token = (await run((tx) => services.proposals.issueLink(id, tx)))!;
    const found = () => services.proposals.findByLink(token);
    expect(await found()).toEqual({ id, accountId });
    for (const wrong of ['', id, `${token}x`, token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))])
      expect(await services.proposals.findByLink(wrong)).toBeUndefined();
    await run((tx) => services.accounts.setEmail(accountId, 'new@nord.example', tx));
    expect(await found()).toBeUndefined();
    await run((tx) => services.accounts.setEmail(accountId, EMAIL, tx));
    await refuse(id, accountId);
    expect(await found()).toBeUndefined();
  });

  it('of a structure where the person works already are no offer', async () => {
    const id = await person();
    const proposal = await propose();
    const place = { accountId: id, structureId: south, roles: [], source: 'console' } as const;
    await run((tx) => services.memberships.open(place, tx));
    expect([await offered(id), await confirm(proposal.id, id)]).toEqual([[], undefined]);
  });

  it('refuse what no account could have, and a national role', async () => {
    const refused = { code: 'validation.failed' };
    await expect(propose({ email: 'a@b.example,c@d.example' })).rejects.toMatchObject(refused);
    await expect(propose({ nationalId: '<12>' })).rejects.toMatchObject(refused);
    await expect(propose(undefined, { roles: ['national-admin'] })).rejects.toMatchObject(refused);
  });

  it('are one, by sixteen at once, and open one membership', async () => {
    const id = await person();
    const made = await concurrently(16, () => propose());
    expect([made.errors, new Set(made.results.map((one) => one.id)).size]).toEqual([[], 1]);
    const [proposalId] = await listed();
    const confirmed = await concurrently(16, () => confirm(proposalId!, id));
    expect([confirmed.errors, confirmed.results.filter(Boolean)]).toMatchObject([[], [{ id: proposalId }]]);
    expect((await services.accounts.get(id))!.memberships).toHaveLength(2);
  });

  it('are exported with their person and erased with them', async () => {
    await propose();
    await propose({ nationalId: RPPS });
    const claire = { email: EMAIL, nationalId: NATIONAL_ID };
    expect(await services.proposals.findByIdentifiers(claire)).toHaveLength(2);
    await run((tx) => services.proposals.deleteByIdentifiers(claire, tx));
    expect(await listed()).toEqual([]);
  });
});
