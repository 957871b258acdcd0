import { DAY, HOUR, Keyring, MINUTE, SystemRandom } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { NoticeService } from './notice.service';
import { notificationPersistence } from './notification.persistence';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLAIRE = '01a20e4e-451d-7222-8b7c-095e8995a1b0';

describeOnEveryEngine('what somebody is to be told', [notificationPersistence], (bench) => {
  let clock: SettableClock;
  let book: NoticeService;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM notice');
    clock = new SettableClock();
    book = new NoticeService(bench.database, clock, new SystemRandom(clock), KEYS);
  });

  const note = (details: object = {}, kind = 'new-browser', topic?: string, subjectId = CLAIRE) =>
    bench.database.transaction((tx) => book.note({ subjectId, kind, topic, details }, tx));
  const take = () => bench.database.transaction((tx) => book.takeDue(10, tx));

  /** Tells what is due: how often each happened, and the details. */
  async function tell(): Promise<[number, object][]> {
    return (await take()).map((notice) => [notice.occurrences, notice.details]);
  }

  it('is told at once', async () => {
    await note({ address: '192.0.2.1' });
    expect(await book.hasDue()).toBe(true);
    const [notice] = await take();
    expect(notice).toMatchObject({
      subjectId: CLAIRE,
      kind: 'new-browser',
      details: { address: '192.0.2.1' },
      occurrences: 1,
      firstAt: clock.now(),
      latestAt: clock.now(),
    });
    expect(await book.hasDue()).toBe(false);
    expect(await take()).toEqual([]);
  });

  it('is told again after an hour at the earliest, with how often it happened, and nothing is lost', async () => {
    await note({ turn: 0 });
    await tell();
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

  it('is told at once when the last time was more than an hour ago', async () => {
    await note();
    await tell();
    clock.advance(HOUR);
    await note({ again: true });
    expect(await tell()).toEqual([[1, { again: true }]]);
  });

  it('is apart by kind, by person and by topic', async () => {
    await note();
    await note({}, 'password-changed');
    await note({}, 'new-browser', 'another@mailbox.example');
    await note({}, 'new-browser', undefined, '01a20e4e-451d-7222-8b7c-095e8995a1b1');
    expect(await tell()).toHaveLength(4);
  });

  it('is not told when the act that it tells of was undone', async () => {
    const undone = bench.database.transaction(async (tx) => {
      await book.note({ subjectId: CLAIRE, kind: 'new-browser', details: {} }, tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await take()).toEqual([]);
  });

  it('is told when the transaction that was to tell it was undone', async () => {
    await note({ turn: 1 });
    const undone = bench.database.transaction(async (tx) => {
      await book.takeDue(10, tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await tell()).toEqual([[1, { turn: 1 }]]);
  });

  it('stands sealed, and no more once it was told', async () => {
    await note({ address: '192.0.2.1', to: 'claire@hopital.example' });
    const row = async () => JSON.stringify(await bench.database.rows('SELECT * FROM notice'));
    expect(await row()).not.toMatch(/192\.0\.2|hopital/);
    await tell();
    expect(await row()).toContain('"sealedDetails":null');
  });

  it('is told without its details when their text was copied from another', async () => {
    await note({ to: 'claire@hopital.example' });
    await note({ to: 'paul@hopital.example' }, 'password-changed');
    await bench.database.execute(
      `UPDATE notice SET sealedDetails = (SELECT t FROM (SELECT sealedDetails AS t FROM notice
       WHERE kind = 'password-changed') AS other) WHERE kind = 'new-browser'`,
    );
    const due = await take();
    expect(due.find((one) => one.kind === 'new-browser')!.details).toEqual({});
    expect(due.find((one) => one.kind === 'password-changed')!.details).toEqual({
      to: 'paul@hopital.example',
    });
  });

  it('is left for a day to an instance that has its key, and told without its details after that', async () => {
    await note({ to: 'claire@hopital.example' });
    const others = new Keyring([{ id: 'k2', secret: Buffer.alloc(32, 2) }]);
    const elsewhere = new NoticeService(bench.database, clock, new SystemRandom(clock), others);
    const takeElsewhere = () => bench.database.transaction((tx) => elsewhere.takeDue(10, tx));
    expect([await elsewhere.hasDue(), await takeElsewhere(), await elsewhere.unreadable()]).toEqual([
      false,
      [],
      1,
    ]);
    expect([await book.hasDue(), await book.unreadable()]).toEqual([true, 0]);
    clock.advance(DAY);
    expect(await elsewhere.hasDue()).toBe(true);
    expect((await takeElsewhere()).map((one) => one.details)).toEqual([{}]);
    expect(await elsewhere.unreadable()).toBe(0);
  });

  it('is forgotten with the person, and once its hour is over', async () => {
    await note();
    await bench.database.transaction((tx) => book.forget(CLAIRE, tx));
    expect(await take()).toEqual([]);
    await note();
    expect(await book.purge(10)).toBe(0);
    await tell();
    expect(await book.purge(10)).toBe(0);
    clock.advance(HOUR);
    expect([await book.purge(10), await book.purge(10)]).toEqual([1, 0]);
  });

  it('happens sixteen times at once and is one notice, told by one of sixteen', async () => {
    const noted = await atOnce(16, (turn) => note({ turn }));
    expect(noted.errors).toEqual([]);
    const taken = await atOnce(16, take);
    expect(taken.errors).toEqual([]);
    expect(taken.results.flat().map((one) => one.occurrences)).toEqual([16]);
  });

  it('is told once in the hour, though it happens while sixteen tell', async () => {
    const { results, errors } = await atOnce(16, async (turn) => {
      await note({ turn });
      return take();
    });
    expect(errors).toEqual([]);
    expect([...results, await take()].flat()).toHaveLength(1);
  });
});
