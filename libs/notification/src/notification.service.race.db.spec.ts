import { Logger } from '@nestjs/common';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { notificationPersistence } from './notification.persistence';
import { sms } from './testing/messages';
import { Outlet, Process } from './testing/process';

Logger.overrideLogger(false);

describeOnEveryEngine('of sixteen that send', [notificationPersistence], (bench) => {
  const clock = new SettableClock();
  let outlet: Outlet;
  let processes: Process[];

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM notification');
    outlet = new Outlet();
    processes = Array.from({ length: 16 }, () => new Process(bench.database, clock, outlet));
  });

  afterEach(async () => {
    for (const one of processes) await one.stop();
  });

  it('one message held by one process, one does', async () => {
    const [holder] = processes;
    const id = await holder!.enqueue(sms());
    const { results } = await atOnce(16, () => holder!.notifications.deliver(id));
    expect(results).toEqual(Array(16).fill('SENT'));
    expect(outlet.sent).toHaveLength(1);
  });

  it('one message that nobody holds, each in its own process, one does', async () => {
    const id = await processes[0]!.enqueue(sms(), { when: 'later' });
    const { results, errors } = await atOnce(16, (index) => processes[index]!.notifications.deliver(id));
    expect(errors).toEqual([]);
    expect(outlet.sent).toHaveLength(1);
    expect(results.filter((result) => result === 'SENT').length).toBeGreaterThanOrEqual(1);
    expect(results.every((result) => result !== 'FAILED')).toBe(true);
  });

  it('forty waiting messages, each leaves once', async () => {
    for (let turn = 0; turn < 40; turn++) await processes[0]!.enqueue(sms(), { when: 'later' });
    const { results, errors } = await atOnce(16, (index) =>
      processes[index]!.notifications.dispatchPending(40),
    );
    expect(errors).toEqual([]);
    expect(results.reduce((sum, taken) => sum + taken, 0)).toBe(40);
    expect(outlet.sent).toHaveLength(40);
    expect(new Set(outlet.sent.map((message) => message.id)).size).toBe(40);
    const left = "SELECT COUNT(*) AS count FROM notification WHERE state = 'SENT' AND payload IS NULL";
    expect(Number((await bench.database.row<{ count: number }>(left))?.count)).toBe(40);
  });

  it('what a process gives back while others dispatch, each leaves once', async () => {
    const ids: string[] = [];
    for (let turn = 0; turn < 10; turn++) ids.push(await processes[0]!.enqueue(sms()));
    await atOnce(16, async (index) => {
      if (index === 0) return processes[0]!.notifications.beforeApplicationShutdown();
      if (index < 6) return processes[0]!.notifications.deliver(ids[index]!).then(() => undefined);
      return processes[index]!.notifications.dispatchPending(10).then(() => undefined);
    });
    await processes[15]!.notifications.dispatchPending(10);
    const sent = outlet.sent.map((message) => message.id);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent).toHaveLength(10);
  });
});
