import { issueToken, Keyring, SECOND, SystemRandom } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { sessionPersistence } from './session.persistence';
import { Tickets } from './tickets';

const MANY = 16;
const proof = { nationalId: '899700366240', cardSerial: '8025000001/2600366240' };

describeOnEveryEngine('tickets', [sessionPersistence], (bench) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 7) }]);
  let tickets: Tickets;

  beforeEach(async () => {
    tickets = new Tickets(bench.database, clock, random, keyring);
    await bench.database.execute('DELETE FROM ticket');
  });

  const issue = () => tickets.issue('card-sign-in', proof);
  const redeem = (id: string) => bench.database.transaction((tx) => tickets.redeem(id, tx));

  it('give back what was proved, to the browser that holds the cookie', async () => {
    const { ticket, browserToken } = await issue();
    expect((await tickets.find('card-sign-in', ticket, browserToken))?.content).toEqual(proof);
  });

  it('are worth nothing in another browser, nor without a cookie', async () => {
    const first = await issue();
    const second = await issue();
    for (const cookie of [second.browserToken, undefined, '', first.ticket, issueToken(random).value])
      expect(await tickets.find('card-sign-in', first.ticket, cookie)).toBeUndefined();
  });

  it('are worth nothing for another purpose', async () => {
    const { ticket, browserToken } = await issue();
    expect(await tickets.find('card-link', ticket, browserToken)).toBeUndefined();
  });

  it('open to no forged text', async () => {
    const { ticket, browserToken } = await issue();
    const forged = issueToken(random, ticket.split('.')[0]).value;
    for (const text of [forged, browserToken, '', ticket.slice(0, -1), `${ticket}x`, 'a.b'])
      expect(await tickets.find('card-sign-in', text, browserToken)).toBeUndefined();
  });

  it('are over after 60 seconds', async () => {
    const { ticket, browserToken } = await issue();
    const found = await tickets.find('card-sign-in', ticket, browserToken);
    clock.advance(60 * SECOND);
    expect(await tickets.find('card-sign-in', ticket, browserToken)).toBeUndefined();
    expect(await redeem(found!.id)).toBe(false);
  });

  it('are used once, and then hold nothing', async () => {
    const { ticket, browserToken } = await issue();
    const { id } = (await tickets.find('card-sign-in', ticket, browserToken))!;
    expect(await redeem(id)).toBe(true);
    expect(await redeem(id)).toBe(false);
    expect(await tickets.find('card-sign-in', ticket, browserToken)).toBeUndefined();
    const row = await bench.database.row<object>(
      'SELECT secretDigest, sealedContent FROM ticket WHERE id = ?',
      [id],
    );
    expect(row).toEqual({ secretDigest: null, sealedContent: null });
  });

  it('are used again when the transaction that used them fails', async () => {
    const { ticket, browserToken } = await issue();
    const { id } = (await tickets.find('card-sign-in', ticket, browserToken))!;
    const failing = bench.database.transaction(async (tx) => {
      await tickets.redeem(id, tx);
      throw new Error('the session could not be opened');
    });
    await expect(failing).rejects.toThrow();
    expect(await redeem(id)).toBe(true);
  });

  it(`have one winner when ${MANY} use one at once`, async () => {
    const { ticket, browserToken } = await issue();
    const { id } = (await tickets.find('card-sign-in', ticket, browserToken))!;
    const { results, errors } = await atOnce(MANY, () => redeem(id));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('hold no national id that the table shows', async () => {
    await issue();
    const rows = await bench.database.rows<object>('SELECT * FROM ticket');
    expect(JSON.stringify(rows)).not.toContain(proof.nationalId);
  });

  it('are purged when they are over, in batches', async () => {
    for (let count = 0; count < 3; count++) await issue();
    clock.advance(60 * SECOND);
    const { ticket, browserToken } = await issue();
    expect([await tickets.purge(2), await tickets.purge(2), await tickets.purge(2)]).toEqual([2, 1, 0]);
    expect(await tickets.find('card-sign-in', ticket, browserToken)).toBeDefined();
  });
});
