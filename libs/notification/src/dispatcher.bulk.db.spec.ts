import { MINUTE, SECOND } from '@portillon/kernel';
import { concurrently } from '@portillon/testing';
import { NotificationTurnEntity } from './notification-turn.repository';
import { describeOutbox } from './testing/describe-outbox';
import { sms } from './testing/messages';

describeOutbox('messages by the thousand', (fixture) => {
  beforeEach(() => fixture.database.dataSource.getRepository(NotificationTurnEntity).deleteAll());

  const options = { limits: { bulkPerMinute: 60 } };

  it('leave at their pace, and all of them', async () => {
    const one = fixture.start(options);
    for (let turn = 0; turn < 12; turn++) await one.enqueue(sms(), { when: 'bulk' });
    const left: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      await one.dispatcher.dispatchPending(50);
      left.push(fixture.outlet.sent.length);
      clock(5 * SECOND);
    }
    expect(left).toEqual([5, 10, 12, 12]);
  });

  it('leave at one pace, whatever the number of instances', async () => {
    const instances = Array.from({ length: 16 }, () => fixture.start(options));
    for (let turn = 0; turn < 20; turn++) await instances[0]!.enqueue(sms(), { when: 'bulk' });
    const { errors } = await concurrently(16, (index) => instances[index]!.dispatcher.dispatchPending(50));
    expect(errors).toEqual([]);
    // An instance that looked before the others let theirs in sends none: the next turn does.
    await instances[0]!.dispatcher.dispatchPending(50);
    expect(fixture.outlet.sent).toHaveLength(5);
  });

  it('hold up no other message', async () => {
    const one = fixture.start(options);
    for (let turn = 0; turn < 100; turn++) await one.enqueue(sms(), { when: 'bulk' });
    await one.enqueue(sms({ text: 'a notice' }), { when: 'later' });
    await one.dispatcher.dispatchPending(50);
    expect(fixture.outlet.sent).toHaveLength(6);
    expect(JSON.stringify(fixture.outlet.sent)).toContain('a notice');
  });

  it('leave one by one at a slow pace', async () => {
    const one = fixture.start({ limits: { bulkPerMinute: 2 } });
    for (let turn = 0; turn < 3; turn++) await one.enqueue(sms(), { when: 'bulk' });
    await one.dispatcher.dispatchPending(50);
    clock(29 * SECOND);
    await one.dispatcher.dispatchPending(50);
    expect(fixture.outlet.sent).toHaveLength(1);
    clock(SECOND);
    await one.dispatcher.dispatchPending(50);
    expect(fixture.outlet.sent).toHaveLength(2);
  });

  it('are not sent once they are of no use', async () => {
    const one = fixture.start(options);
    const usefulUntil = new Date(fixture.clock.now().getTime() + MINUTE);
    await one.enqueue(sms(), { when: 'bulk', usefulUntil });
    clock(2 * MINUTE);
    await one.dispatcher.dispatchPending(50);
    expect(fixture.outlet.sent).toEqual([]);
    expect(await fixture.states()).toEqual(['FAILED']);
  });

  it('are in the delivery log of their person, without content or address', async () => {
    const one = fixture.start(options);
    await one.enqueue(sms(), { when: 'bulk', accountId: 'account-1' });
    await one.enqueue(sms(), { when: 'later', accountId: 'account-2' });
    const lines = await one.notifications.deliveryLogOf('account-1', 10);
    expect(lines).toEqual([
      {
        id: expect.any(String) as string,
        kind: 'sign-in.code',
        channel: 'SMS',
        state: 'QUEUED',
        createdAt: expect.any(Date) as Date,
        settledAt: null,
      },
    ]);
  });

  function clock(milliseconds: number): void {
    fixture.clock.advance(milliseconds);
  }
});
