import { DAY, HOUR, Keyring, MINUTE, SystemRandom } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, explained, SettableClock } from '@portillon/testing';
import { notificationPersistence } from '../notification.persistence';
import { NoticeEntity, NoticeRepository } from './notice.repository';
import { NoticeService } from './notice.service';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLAIRE = '01a20e4e-451d-7222-8b7c-095e8995a1b0';

describeOnEveryEngine('what a person is to be notified of', [notificationPersistence], (bench, engine) => {
  let clock: SettableClock;
  let notices: NoticeService;

  const table = () => bench.dataSource.getRepository(NoticeEntity);
  const instance = (keys: Keyring) =>
    new NoticeService(new NoticeRepository(table()), clock, new SystemRandom(clock), keys);

  beforeEach(async () => {
    await table().deleteAll();
    clock = new SettableClock();
    notices = instance(KEYS);
  });

  const note = (details: object = {}, kind = 'new-browser', topic?: string, subjectId = CLAIRE) =>
    bench.transactions.run((tx) => notices.note({ subjectId, kind, topic, details }, tx));
  const take = () => bench.transactions.run((tx) => notices.takeDue(10, tx));

  /** Sends what is due: how often each happened, and the details. */
  async function send(): Promise<[number, object][]> {
    return (await take()).map((notice) => [notice.occurrences, notice.details]);
  }

  it('is sent at once', async () => {
    await note({ address: '192.0.2.1' });
    expect(await notices.hasDue()).toBe(true);
    const [notice] = await take();
    expect(notice).toMatchObject({
      subjectId: CLAIRE,
      kind: 'new-browser',
      details: { address: '192.0.2.1' },
      occurrences: 1,
      firstAt: clock.now(),
      latestAt: clock.now(),
    });
    expect(await notices.hasDue()).toBe(false);
    expect(await take()).toEqual([]);
  });

  it('is sent again after an hour at the earliest, with the number of events, and none is lost', async () => {
    await note({ turn: 0 });
    await send();
    const began = clock.now();
    for (let turn = 1; turn <= 3; turn++) {
      clock.advance(10 * MINUTE);
      await note({ turn });
    }
    clock.advance(30 * MINUTE - 1);
    expect(await take()).toEqual([]);
    clock.advance(1);
    const [notice] = await take();
    expect(notice).toMatchObject({ occurrences: 3, details: { turn: 3 } });
    expect(notice!.firstAt).toEqual(new Date(began.getTime() + 10 * MINUTE));
    clock.advance(5 * HOUR);
    expect(await take()).toEqual([]);
  });

  it('is sent at once when the last time was more than an hour ago', async () => {
    await note();
    await send();
    clock.advance(HOUR);
    await note({ again: true });
    expect(await send()).toEqual([[1, { again: true }]]);
  });

  it('is separate for each kind, person and topic', async () => {
    await note();
    await note({}, 'password-changed');
    await note({}, 'new-browser', 'another@mailbox.example');
    await note({}, 'new-browser', undefined, '01a20e4e-451d-7222-8b7c-095e8995a1b1');
    expect(await send()).toHaveLength(4);
  });

  it('is not sent when its action was rolled back', async () => {
    const undone = bench.transactions.run(async (tx) => {
      await notices.note({ subjectId: CLAIRE, kind: 'new-browser', details: {} }, tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await take()).toEqual([]);
  });

  it('is sent later when the transaction that claimed it was rolled back', async () => {
    await note({ turn: 1 });
    const undone = bench.transactions.run(async (tx) => {
      await notices.takeDue(10, tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await send()).toEqual([[1, { turn: 1 }]]);
  });

  it('is stored encrypted, and deleted after it was sent', async () => {
    await note({ address: '192.0.2.1', to: 'claire@hopital.example' });
    const row = async () => JSON.stringify(await table().find());
    expect(await row()).not.toMatch(/192\.0\.2|hopital/);
    await send();
    expect(await row()).toContain('"sealedDetails":null');
  });

  it('is sent without its details when their text was copied from another', async () => {
    await note({ to: 'claire@hopital.example' });
    await note({ to: 'paul@hopital.example' }, 'password-changed');
    const { sealedDetails } = await table().findOneByOrFail({ kind: 'password-changed' });
    await table().update({ kind: 'new-browser' }, { sealedDetails });
    const due = await take();
    expect(due.find((one) => one.kind === 'new-browser')!.details).toEqual({});
    expect(due.find((one) => one.kind === 'password-changed')!.details).toEqual({
      to: 'paul@hopital.example',
    });
  });

  it('is left for a day to an instance that has its key, and sent without its details after that', async () => {
    await note({ to: 'claire@hopital.example' });
    const others = new Keyring([{ id: 'k2', secret: Buffer.alloc(32, 2) }]);
    const elsewhere = instance(others);
    const takeElsewhere = () => bench.transactions.run((tx) => elsewhere.takeDue(10, tx));
    expect([await elsewhere.hasDue(), await takeElsewhere(), await elsewhere.unreadable()]).toEqual([
      false,
      [],
      1,
    ]);
    expect([await notices.hasDue(), await notices.unreadable()]).toEqual([true, 0]);
    clock.advance(DAY);
    expect(await elsewhere.hasDue()).toBe(true);
    expect((await takeElsewhere()).map((one) => one.details)).toEqual([{}]);
    expect(await elsewhere.unreadable()).toBe(0);
  });

  it('is deleted with the person, and after its hour', async () => {
    await note();
    await bench.transactions.run((tx) => new NoticeRepository(table()).erase(CLAIRE, tx));
    expect(await take()).toEqual([]);
    await note();
    expect(await notices.purge(10)).toBe(0);
    await send();
    expect(await notices.purge(10)).toBe(0);
    clock.advance(HOUR);
    expect([await notices.purge(10), await notices.purge(10)]).toEqual([1, 0]);
  });

  it('is found by its index once its hour is over, among all that are still quiet', async () => {
    if (engine === 'embedded') return;
    const quiet = (index: number, quietUntilAt: Date, dueAt: Date | null = null) => ({
      id: `notice-${index}`,
      subjectId: CLAIRE,
      kind: 'new-browser',
      occurrences: 1,
      sealedDetails: null,
      keyId: 'k1',
      firstAt: clock.now(),
      latestAt: clock.now(),
      dueAt,
      quietUntilAt,
    });
    const later = new Date(clock.now().getTime() + HOUR);
    const due = Array.from({ length: 1_000 }, (_, index) => quiet(index, later, clock.now()));
    const waiting = Array.from({ length: 2_000 }, (_, index) => quiet(1_000 + index, later));
    const over = Array.from({ length: 20 }, (_, index) => quiet(3_000 + index, clock.now()));
    await table().insert([...due, ...waiting, ...over]);
    await bench.dataSource.query('ANALYZE TABLE notice');
    const [plan] = await explained(bench.dataSource, () => notices.purge(500));
    expect(plan).toMatchObject([{ type: 'range', key: 'noticeDue' }]);
    expect(await table().count()).toBe(3_000);
  });

  it('happens sixteen times at once and is one notice, sent by one of sixteen', async () => {
    const noted = await concurrently(16, (turn) => note({ turn }));
    expect(noted.errors).toEqual([]);
    const taken = await concurrently(16, take);
    expect(taken.errors).toEqual([]);
    expect(taken.results.flat().map((one) => one.occurrences)).toEqual([16]);
  });

  it('is sent once in the hour, though it happens while sixteen send', async () => {
    const { results, errors } = await concurrently(16, async (turn) => {
      await note({ turn });
      return take();
    });
    expect(errors).toEqual([]);
    expect([...results, await take()].flat()).toHaveLength(1);
  });
});
