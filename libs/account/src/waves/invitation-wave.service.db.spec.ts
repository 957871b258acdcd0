import { addMilliseconds, DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { newRow } from '../account/account.columns';
import { AccountEntity } from '../account/account.entity';
import { accountServices } from '../testing/account.fixture';
import { InvitationWaveEntity, InvitationWaveMemberEntity } from './invitation-wave.entity';
import type { WaveDraft, WaveTurn } from './invitation-wave.service';

const FRIDAY = new Date('2026-11-27T15:00:00.000Z');
const MONDAY = new Date('2026-11-30T07:00:00.000Z');
const ROWS = 200;

describeOnEveryEngine('a wave of invitations', [accountPersistence], (testDatabase) => {
  let clock: SettableClock;
  let services: ReturnType<typeof accountServices>;
  const accountRows = () => testDatabase.dataSource.getRepository(AccountEntity);
  const memberRows = () => testDatabase.dataSource.getRepository(InvitationWaveMemberEntity);
  const inOne: typeof testDatabase.transactions.run = (work) => testDatabase.transactions.run(work);

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock(FRIDAY);
    services = accountServices(testDatabase.dataSource, clock);
  });

  async function people(count: number, structureId: string | null, changes: Partial<AccountEntity> = {}) {
    const rows = Array.from({ length: count }, (_, index) => {
      const username = `${structureId}-${index}`;
      const names = { username, email: `${username}@h.example`, displayName: username };
      const draft = { ...names, structureId, status: 'INVITED' as const };
      return { ...newRow(services.random.id(), draft, clock.now()), ...changes };
    });
    for (let first = 0; first < count; first += ROWS)
      await accountRows().insert(rows.slice(first, first + ROWS));
    return rows.map(({ id }) => id);
  }

  const draft = (changes: Partial<WaveDraft> = {}): WaveDraft => ({
    name: 'Le Nord',
    createdBy: 'nadia',
    startsOn: '2026-11-30',
    until: '2027-01-15',
    perHour: 600,
    structuresPerDay: null,
    includeExpired: false,
    structureIds: ['north'],
    ...changes,
  });
  const creation = (wanted: WaveDraft) =>
    testDatabase.transactions.runOrRollBack((tx) => services.waves.create(wanted, tx));
  const created = async (changes: Partial<WaveDraft> = {}) => (await creation(draft(changes)))!.id;
  const turn = (id: string) => inOne((tx) => services.waves.takeTurn(id, tx));
  const figures = (id: string) => services.waves.figures(id);
  const invitedOf = (taken: (WaveTurn | undefined)[]) =>
    taken.flatMap((one) => (one?.act === 'invite' ? one.accountIds : []));
  /** Takes every turn of the next `milliseconds`, one each `every`. */
  async function pass(id: string, milliseconds: number, every = MINUTE): Promise<(WaveTurn | undefined)[]> {
    const taken = [];
    for (let passed = 0; passed < milliseconds; passed += every) {
      if ((await services.waves.findDue()).includes(id)) taken.push(await turn(id));
      clock.advance(every);
    }
    return taken;
  }

  it('invites 3,000 people on a Monday, each once, at its pace, though sixteen instances take each turn', async () => {
    const ids = await people(3_000, 'north');
    const id = await created();
    clock.set(MONDAY);
    const invited: string[] = [];
    for (let minute = 0; minute < 5 * 60; minute++) {
      const times = minute % 30 === 0 ? 16 : 1;
      const { results, errors } = await concurrently(times, () => turn(id));
      expect(errors).toEqual([]);
      invited.push(...invitedOf(results));
      if (minute === 59) expect(invited.length).toBeLessThanOrEqual(620);
      clock.advance(MINUTE);
    }
    expect(invited.length).toBe(3_000);
    expect([...invited].sort()).toEqual([...ids].sort());
    expect(await figures(id)).toMatchObject({ people: 3_000, invited: 3_000, signedIn: 0, bounced: 0 });
  }, 120_000);

  it('invites the people of a turn that was rolled back, each once', async () => {
    const ids = await people(30, 'north');
    const id = await created();
    clock.set(MONDAY);
    const died = inOne(async (tx) => {
      expect(await services.waves.takeTurn(id, tx)).toMatchObject({ act: 'invite' });
      throw new Error('the server died');
    });
    await expect(died).rejects.toThrow('the server died');
    expect(await figures(id)).toMatchObject({ invited: 0 });
    expect(invitedOf(await pass(id, HOUR)).sort()).toEqual([...ids].sort());
  });

  it.each([
    ['1 an hour', 1, 3 * HOUR, 4],
    ['100 an hour', 100, HOUR, 104],
    ['18,000 an hour', 18_000, MINUTE, 325],
  ])('keeps the pace of %s', async (_, perHour, milliseconds, most) => {
    await people(400, 'north');
    const id = await created({ perHour });
    clock.set(MONDAY);
    const { length } = invitedOf(await pass(id, milliseconds, 5 * SECOND));
    expect(length).toBeLessThanOrEqual(most);
    expect(length).toBeGreaterThanOrEqual(most * 0.75);
  });

  it('sends nothing before its day, at night and on a weekend', async () => {
    await people(3, 'north');
    const id = await created();
    for (const time of ['2026-11-27T16:00:00Z', '2026-11-28T11:00:00Z', '2026-11-30T03:00:00Z']) {
      clock.set(new Date(time));
      expect(await turn(id)).toBeUndefined();
    }
    clock.set(new Date('2026-11-30T20:00:00Z'));
    expect(await services.waves.findDue()).toEqual([]);
    expect(await turn(id)).toBeUndefined();
    expect(await figures(id)).toMatchObject({ people: 3, invited: 0 });
  });

  it('takes so many structures a day, in their order, and people without one', async () => {
    const [north, south, none] = [await people(2, 'north'), await people(2, 'south'), await people(2, null)];
    const id = await created({ structuresPerDay: 1, structureIds: ['south', 'north', null] });
    const days = [];
    for (let day = 0; day < 3; day++) {
      clock.set(addMilliseconds(MONDAY, day * DAY));
      days.push(invitedOf(await pass(id, HOUR)).sort());
    }
    expect(days).toEqual([south.sort(), north.sort(), none.sort()]);
    expect(await services.waves.figuresByStructure(id)).toHaveLength(3);
  });

  it('pauses when more than 5 % of at least 20 mails bounced, and counts anew when it is resumed', async () => {
    await people(100, 'north');
    const id = await created({ perHour: 1_200 });
    clock.set(MONDAY);
    const [first] = [await turn(id)];
    const bounce = (ids: string[]) =>
      Promise.all(ids.map((one) => accountRows().update({ id: one }, { emailUnreachableAt: clock.now() })));
    await bounce(invitedOf([first]).slice(0, 1));
    clock.advance(MINUTE);
    // 1 of 20 is 5 %, not more.
    const second = await turn(id);
    expect(second).toMatchObject({ act: 'invite' });
    await bounce(invitedOf([second]).slice(0, 2));
    clock.advance(MINUTE);
    expect(await turn(id)).toMatchObject({ act: 'pause', invited: 40, bounced: 3 });
    expect(await services.waves.get(id)).toMatchObject({ state: 'PAUSED', pausedReason: 'bounces' });
    expect(await turn(id)).toBeUndefined();
    clock.advance(MINUTE);
    expect(await inOne((tx) => services.waves.resume(id, tx))).toBe(true);
    expect(await turn(id)).toMatchObject({ act: 'invite' });
    expect(await figures(id)).toMatchObject({ invited: 60, bounced: 3 });
  });

  it('reminds those once who did not answer, three days after the invitation', async () => {
    const ids = await people(6, 'north');
    const id = await created();
    clock.set(MONDAY);
    await pass(id, 5 * MINUTE);
    await accountRows().update({ id: ids[0] }, { status: 'ACTIVE', lastSignedInAt: clock.now() });
    await accountRows().update({ id: ids[1] }, { emailUnreachableAt: clock.now() });
    const { results } = await concurrently(16, () => inOne((tx) => services.waves.remind(id, tx)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await pass(id, HOUR)).not.toContainEqual(expect.objectContaining({ act: 'remind' }));
    clock.set(addMilliseconds(MONDAY, 3 * DAY + HOUR));
    const taken = (await pass(id, HOUR)).flatMap((one) => (one?.act === 'remind' ? one.accountIds : []));
    expect(taken.sort()).toEqual(ids.slice(2).sort());
    expect(await figures(id)).toMatchObject({ invited: 6, signedIn: 1, bounced: 1, reminded: 4 });
  });

  it('ends on its last day, paused or not, and sends nothing afterwards', async () => {
    await people(3, 'north');
    await people(3, 'south');
    const running = await created();
    const paused = await created({ structureIds: ['south'] });
    expect(await inOne((tx) => services.waves.pause(paused, 'administrator', tx))).toBe(true);
    clock.set(new Date('2027-01-15T21:00:00.000Z'));
    expect(await services.waves.findDue()).toEqual([running, paused]);
    const { results } = await concurrently(16, (index) => turn(index % 2 ? running : paused));
    expect(results.filter(Boolean)).toMatchObject([{ act: 'end' }, { act: 'end' }]);
    clock.advance(3 * DAY + 12 * HOUR);
    expect([await turn(running), await inOne((tx) => services.waves.resume(paused, tx))]).toEqual([
      undefined,
      false,
    ]);
    expect(await figures(running)).toMatchObject({ invited: 0 });
  });

  it('has only invited people without a valid invitation and a bouncing address', async () => {
    const now = clock.now();
    const [waiting] = await people(1, 'waiting');
    const [expired] = await people(1, 'expired', { invitedUntilAt: addMilliseconds(now, -DAY) });
    await people(1, 'valid', { invitedUntilAt: addMilliseconds(now, DAY) });
    await people(1, 'active', { status: 'ACTIVE' });
    await people(1, 'closed', { status: 'DEACTIVATED' });
    await people(1, 'bouncing', { emailUnreachableAt: now });
    const structuresOf = async (includeExpired: boolean) =>
      (await services.waves.countEligible(includeExpired)).map(({ structureId }) => structureId).sort();
    expect(await structuresOf(false)).toEqual(['waiting']);
    expect(await structuresOf(true)).toEqual(['expired', 'waiting']);
    const structureIds = ['waiting', 'expired', 'valid', 'active', 'closed', 'bouncing'];
    const id = await created({ structureIds, includeExpired: true });
    const members = await memberRows().findBy({ waveId: id });
    expect(members.map(({ accountId }) => accountId).sort()).toEqual([waiting, expired].sort());
  });

  it('has a person in one open wave at most, though sixteen are created at once', async () => {
    await people(5, 'north');
    const { results, errors } = await concurrently(16, () => creation(draft()));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    const { id } = results.find(Boolean)!;
    expect(await memberRows().count()).toBe(5);
    expect(await inOne((tx) => services.waves.end(id, tx))).toBe(true);
    expect(await creation(draft())).toMatchObject({ people: 5 });
  });

  it.each([
    { startsOn: '2026-11-26' },
    { startsOn: '2027-04-01', until: '2027-05-01' },
    { startsOn: '2026-02-30' },
    { until: '2026-12-02' },
    { until: '2027-01-30' },
    { until: 'tomorrow' },
  ])('refuses the days %j', async (days) => {
    await people(1, 'north');
    await expect(created(days)).rejects.toMatchObject({ code: 'validation.failed' });
    expect(await memberRows().count()).toBe(0);
  });

  it('records that the link of an invited person was opened, once, and loses an erased person', async () => {
    const [first, second] = await people(2, 'north');
    const id = await created();
    await services.waves.recordOpened(first!);
    expect(await figures(id)).toMatchObject({ opened: 0 });
    clock.set(MONDAY);
    await turn(id);
    await services.waves.recordOpened(first!);
    clock.advance(HOUR);
    await services.waves.recordOpened(first!);
    expect(await services.waves.findByAccount(first!)).toMatchObject([{ openedAt: MONDAY }]);
    expect(await figures(id)).toMatchObject({ people: 2, invited: 2, opened: 1 });
    await inOne((tx) => services.waves.forget(first!, tx));
    await inOne((tx) => services.waves.withdraw(id, second!, tx));
    expect(await figures(id)).toMatchObject({ people: 0 });
  });

  it('is deleted 90 days after its end, in full batches', async () => {
    await people(7, 'north');
    const id = await created();
    await inOne((tx) => services.waves.end(id, tx));
    clock.advance(89 * DAY);
    expect(await services.waves.purge(5)).toBe(0);
    clock.advance(2 * DAY);
    const deleted = [];
    for (let time = 0; time < 4; time++) deleted.push(await services.waves.purge(5));
    expect(deleted).toEqual([5, 2, 1, 0]);
    expect(await testDatabase.dataSource.getRepository(InvitationWaveEntity).count()).toBe(0);
  });
});
