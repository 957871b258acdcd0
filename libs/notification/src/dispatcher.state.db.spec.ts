import { DAY, MetricsRegistry, MINUTE } from '@portillon/kernel';
import { OutboxFindings } from './outbox.findings';
import type { UnreadableFindings } from './outbox.findings';
import { describeOutbox } from './testing/describe-outbox';
import { mail, sms } from './testing/messages';

describeOutbox('the state of the outbox', (fixture) => {
  const state = () => fixture.start().dispatcher;

  it('reports the last SMS that left: when it was requested, when it was handed over, and to which provider', async () => {
    await fixture.start().send(sms());
    fixture.outlet.answer = () => {
      fixture.clock.advance(800);
      return { status: 'sent' };
    };
    await fixture.start().send(sms());
    const now = fixture.clock.now();
    expect(await state().lastSent('SMS')).toEqual({
      askedAt: new Date(now.getTime() - 800),
      handedOverAt: now,
      provider: 'outlet',
    });
  });

  it('reports none that did not leave, nor of another channel, nor one that left the day before', async () => {
    await fixture.start().send(sms());
    expect(await state().lastSent('EMAIL')).toBeUndefined();
    fixture.clock.advance(DAY);
    fixture.outlet.answer = () => ({ status: 'refused', reason: 'x' });
    await fixture.start().send(sms());
    expect(await state().lastSent('SMS')).toBeUndefined();
  });

  it('reports how many wait in each lane, and since when', async () => {
    expect(await state().waiting()).toEqual([
      { lane: 'later', waiting: 0, oldestAt: null },
      { lane: 'bulk', waiting: 0, oldestAt: null },
    ]);
    const process = fixture.start({
      mail: [{ name: 'relay', send: () => Promise.reject(new Error('away')) }],
    });
    await process.enqueue(mail(), { when: 'later' });
    const oldestAt = fixture.clock.now();
    fixture.clock.advance(5 * MINUTE);
    await process.enqueue(sms(), { when: 'later' });
    await process.enqueue(sms(), { when: 'bulk' });
    await process.enqueue(sms());
    expect(await state().waiting()).toEqual([
      { lane: 'later', waiting: 2, oldestAt },
      { lane: 'bulk', waiting: 1, oldestAt: new Date(fixture.clock.now().getTime() - 1) },
    ]);
    const registry = new MetricsRegistry();
    new OutboxFindings({} as UnreadableFindings, state(), fixture.clock, registry);
    const lines = (await registry.metrics()).split('\n');
    expect(lines).toContain('portillon_outbox_messages{lane="later"} 2');
    expect(lines).toContain('portillon_outbox_waiting_seconds{lane="bulk"} 0.001');
  });
});
