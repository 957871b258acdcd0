import { issueToken, Keyring, MINUTE, SECOND, SystemRandom } from '@portillon/kernel';
import { altered, concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { sessionPersistence } from '../session.persistence';
import { TicketEntity, TicketRepository, RedeemableTicket, TicketService } from './ticket.service';

const MANY = 16;
const proof = { nationalId: '899700366240', cardSerial: '8025000001/2600366240' };

describeOnEveryEngine('tickets', [sessionPersistence], (bench) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 7) }]);
  let used: TicketRepository;
  let tickets: TicketService;

  beforeEach(async () => {
    used = new TicketRepository(bench.dataSource.getRepository(TicketEntity));
    tickets = new TicketService(used, clock, random, keyring);
    await bench.empty();
  });

  const issue = () => tickets.issue('card-sign-in', proof);
  const found = async () => {
    const { ticket, browserToken } = issue();
    return (await tickets.find('card-sign-in', ticket, browserToken))!;
  };
  const redeem = (one: RedeemableTicket<unknown>) => bench.transactions.run((tx) => tickets.redeem(one, tx));

  it('return the proof to the browser that has the cookie', async () => {
    const { ticket, browserToken } = issue();
    expect((await tickets.find('card-sign-in', ticket, browserToken))?.content).toEqual(proof);
  });

  it('are invalid in another browser, and without a cookie', async () => {
    const first = issue();
    const second = issue();
    const [id, secret] = first.browserToken.split('.');
    const guessed = issueToken(random, id).value;
    const renamed = `${issueToken(random).id}.${secret}`;
    for (const cookie of [second.browserToken, undefined, '', first.ticket, guessed, renamed])
      expect(await tickets.find('card-sign-in', first.ticket, cookie)).toBeUndefined();
  });

  it('are invalid for another purpose', async () => {
    const { ticket, browserToken } = issue();
    expect(await tickets.find('card-link', ticket, browserToken)).toBeUndefined();
  });

  it('refuse forged texts', async () => {
    const { ticket, browserToken } = issue();
    const forged = issueToken(random, browserToken.split('.')[0]).value;
    for (const text of [forged, altered(ticket), browserToken, '', ticket.slice(0, -1), `${ticket}x`, 'a.b'])
      expect(await tickets.find('card-sign-in', text, browserToken)).toBeUndefined();
  });

  it('expire after 60 seconds', async () => {
    const { ticket, browserToken } = issue();
    const good = await tickets.find('card-sign-in', ticket, browserToken);
    clock.advance(60 * SECOND);
    expect(await tickets.find('card-sign-in', ticket, browserToken)).toBeUndefined();
    expect(await redeem(good!)).toBe(false);
  });

  it('are used once, each separately, and their content is not stored', async () => {
    const { ticket, browserToken } = issue();
    const good = (await tickets.find('card-sign-in', ticket, browserToken))!;
    expect(await redeem(good)).toBe(true);
    expect(await redeem(good)).toBe(false);
    expect(await tickets.find('card-sign-in', ticket, browserToken)).toBeUndefined();
    expect(await found()).toBeDefined();
    const rows = await bench.dataSource.getRepository(TicketEntity).find();
    expect(rows).toEqual([{ id: good.id, expiresAt: expect.any(Date) as Date }]);
  });

  it('are used again when the transaction that used them fails', async () => {
    const good = await found();
    const failing = bench.transactions.run(async (tx) => {
      await tickets.redeem(good, tx);
      throw new Error('the session could not be opened');
    });
    await expect(failing).rejects.toThrow();
    expect(await redeem(good)).toBe(true);
  });

  it(`succeed once when ${MANY} concurrent callers use one`, async () => {
    const good = await found();
    const { results, errors } = await concurrently(MANY, () => redeem(good));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('show no national id in the page or the table', async () => {
    const { ticket, browserToken } = issue();
    await redeem((await tickets.find('card-sign-in', ticket, browserToken))!);
    const rows = await bench.dataSource.query<object[]>('SELECT * FROM ticket');
    const shown = JSON.stringify(rows) + Buffer.from(ticket.split('.')[1]!, 'base64url').toString('latin1');
    expect(shown).not.toContain(proof.nationalId);
  });

  it('store nothing until they are used', async () => {
    issue();
    expect(await bench.dataSource.query('SELECT id FROM ticket')).toEqual([]);
  });

  it('are valid after a key rotation, and never with the keys of another deployment', async () => {
    const { ticket, browserToken } = issue();
    const own = { id: 'test', secret: Buffer.alloc(32, 7) };
    const under = (...keys: (typeof own)[]) => new TicketService(used, clock, random, new Keyring(keys));
    const rotated = under({ id: 'new', secret: Buffer.alloc(32, 8) }, own);
    const stranger = under({ id: 'test', secret: Buffer.alloc(32, 9) });
    expect(await rotated.find('card-sign-in', ticket, browserToken)).toBeDefined();
    expect(await stranger.find('card-sign-in', ticket, browserToken)).toBeUndefined();
  });

  it('are remembered as used for longer than any instance accepts them, then purged in batches', async () => {
    const { ticket, browserToken } = issue();
    const good = (await tickets.find('card-sign-in', ticket, browserToken))!;
    for (const one of [good, await found(), await found()]) await redeem(one);
    clock.advance(60 * SECOND);
    expect(await tickets.purge(2)).toBe(0);
    clock.advance(-60 * SECOND);
    expect(await redeem(good)).toBe(false);
    clock.advance(10 * MINUTE);
    expect([await tickets.purge(2), await tickets.purge(2), await tickets.purge(2)]).toEqual([2, 1, 0]);
  });
});
