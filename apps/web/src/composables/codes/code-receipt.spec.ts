import { beforeEach, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { challenge, NOW } from '../../../test/samples';
import { inScope } from '../../../test/scope';
import type { Challenge, CodeReceipt } from '../../api/types';
import { useCodeReceipt } from './code-receipt';

const ask = vi.fn<() => Promise<CodeReceipt>>();
const at = '2026-11-24T15:13:00.000Z';
const wait = (seconds: number) => vi.advanceTimersByTimeAsync(1_000 * seconds);
function begin(changes: Partial<Challenge> = { channel: 'SMS' }) {
  const open = shallowRef<Challenge | null>(challenge(changes));
  return { open, receipt: inScope(() => useCodeReceipt(open, ask)) };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.resetAllMocks();
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  ask.mockResolvedValue({ delivery: 'sent', at });
});

it('polls every five seconds until the SMS is delivered, and gives the time', async () => {
  const { receipt } = begin();
  expect(receipt.value).toEqual({ state: 'sent', at: null });
  await wait(10);
  ask.mockResolvedValue({ delivery: 'delivered', at });
  await wait(5);
  expect(receipt.value).toEqual({ state: 'delivered', at });
  await wait(60);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('polls for two minutes at most, then reports that no SMS arrived', async () => {
  const { receipt } = begin();
  await wait(300);
  expect(ask).toHaveBeenCalledTimes(24);
  expect(receipt.value).toEqual({ state: 'unconfirmed', at: null });
});

it('starts again with another message, and ignores answers about the previous one', async () => {
  let answer: (receipt: CodeReceipt) => void = () => undefined;
  ask.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const { open, receipt } = begin();
  await wait(5);
  open.value = challenge({ id: 'c2', channel: 'SMS' });
  answer({ delivery: 'undelivered', at });
  await wait(5);
  expect(receipt.value).toEqual({ state: 'sent', at: null });
  expect(ask).toHaveBeenCalledTimes(2);
});

it('does not poll for a mail or in a hidden page, and ignores refusals', async () => {
  expect(begin({ channel: 'EMAIL' }).receipt.value).toBeNull();
  await wait(30);
  const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const { receipt } = begin();
  await wait(30);
  expect(ask).not.toHaveBeenCalled();
  seen.mockReturnValue('visible');
  ask.mockRejectedValueOnce(new Error('offline'));
  await wait(5);
  expect(receipt.value).toEqual({ state: 'sent', at: null });
});
