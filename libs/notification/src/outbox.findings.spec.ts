import { HOUR, MetricsRegistry, MINUTE, addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { DispatcherService } from './dispatcher.service';
import type { NoticeService } from './notices/notice.service';
import { OutboxFindings, UnreadableFindings } from './outbox.findings';

describe('what waits to be sent', () => {
  const clock = new SettableClock();

  async function state({ later = 0, bulk = 0, messages = 0, notices = 0 }) {
    const since = (ms: number) => (ms > 0 ? addMilliseconds(clock.now(), -ms) : null);
    const lane = (name: 'later' | 'bulk', ms: number) => ({ lane: name, waiting: 1, oldestAt: since(ms) });
    const found = await new OutboxFindings(
      new UnreadableFindings(
        { outboxHealth: async () => ({ unreadable: messages }) } as DispatcherService,
        { unreadable: async () => notices } as NoticeService,
      ),
      { waiting: async () => [lane('later', later), lane('bulk', bulk)] } as DispatcherService,
      clock,
      new MetricsRegistry(),
    ).find();
    return [found.state, found.values.unreadable];
  }

  it('is well for minutes, and in the bulk lane for hours', async () => {
    expect(await state({ later: 10 * MINUTE, bulk: 9 * HOUR })).toEqual(['well', 0]);
  });

  it('is remarked on when it waits longer, or for a key of another instance', async () => {
    expect(await state({ later: 10 * MINUTE + 1 })).toEqual(['remark', 0]);
    expect(await state({ messages: 2, notices: 1 })).toEqual(['remark', 3]);
  });
});
