import { MINUTE } from '@portillon/kernel';
import { concurrently } from '@portillon/testing';
import { describeOutbox } from './testing/describe-outbox';
import { sms } from './testing/messages';
import type { Process } from './testing/process';

describeOutbox('of sixteen that send', (fixture) => {
  let processes: Process[];

  beforeEach(() => void (processes = Array.from({ length: 16 }, () => fixture.start())));

  it.each([
    ['in one process', () => processes[0]!],
    ['each in its own process', (index: number) => processes[index]!],
  ])('one message, %s, one does', async (_, of) => {
    const message = await processes[0]!.enqueue(sms());
    const { results, errors } = await concurrently(16, (index) => of(index).notifications.deliver(message));
    expect(errors).toEqual([]);
    expect(fixture.outlet.sent).toHaveLength(1);
    expect(results).toContain('SENT');
    expect(results).not.toContain('FAILED');
  });

  it('one message that its caller sends while others take the caller for dead, one does', async () => {
    const message = await processes[0]!.enqueue(sms());
    fixture.clock.advance(2 * MINUTE);
    const { errors } = await concurrently(16, async (index) => {
      if (index % 2) await processes[index]!.notifications.deliver(message);
      else await processes[index]!.dispatcher.dispatchPending(10);
    });
    expect(errors).toEqual([]);
    expect(fixture.outlet.sent).toHaveLength(1);
    expect(await fixture.states()).toEqual(['SENT']);
  });

  it('forty waiting messages, each leaves once', async () => {
    for (let turn = 0; turn < 40; turn++) await processes[0]!.enqueue(sms(), { when: 'later' });
    const { results, errors } = await concurrently(16, (index) =>
      processes[index]!.dispatcher.dispatchPending(40),
    );
    expect(errors).toEqual([]);
    expect(results.reduce((sum, taken) => sum + taken, 0)).toBe(40);
    expect(fixture.outlet.sent).toHaveLength(40);
    expect(new Set(fixture.outlet.sent.map((message) => message.id)).size).toBe(40);
    const ends = (await fixture.rows()).map(({ state, payload }) => ({ state, payload }));
    expect(ends).toEqual(Array(40).fill({ state: 'SENT', payload: null }));
  });

  it('what stops in the middle while others dispatch, each leaves once', async () => {
    for (let turn = 0; turn < 20; turn++) await processes[0]!.enqueue(sms(), { when: 'later' });
    const { errors } = await concurrently(16, async (index) => {
      const taken = processes[index]!.dispatcher.dispatchPending(20);
      if (index < 8) await processes[index]!.stop();
      await taken;
    });
    expect(errors).toEqual([]);
    await fixture.start().dispatcher.dispatchPending(20);
    const sent = fixture.outlet.sent.map((message) => message.id);
    expect([sent.length, new Set(sent).size]).toEqual([20, 20]);
    expect(new Set(await fixture.states())).toEqual(new Set(['SENT']));
  });
});
