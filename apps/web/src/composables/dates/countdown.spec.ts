import { ref } from 'vue';
import { beforeEach, expect, it, vi } from 'vitest';
import { NOW } from '../../../test/samples';
import { inScope } from '../../../test/scope';
import { useCountdown } from './countdown';
import { useServerClockStore } from '../../stores/server-clock.store';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  useServerClockStore().observe(new Date(NOW).toUTCString());
});

it('counts whole seconds down to zero and stays there', () => {
  const left = inScope(() => useCountdown(new Date(NOW + 30_000).toISOString()));
  expect(left.value).toBe(30);
  vi.advanceTimersByTime(29_000);
  expect(left.value).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(left.value).toBe(0);
});

it("never shows more than the full time, though the server's time is cut to the second", () => {
  vi.setSystemTime(NOW + 900);
  useServerClockStore().observe(new Date(NOW + 900).toUTCString());
  const sentAt = NOW + 900;
  const left = inScope(() =>
    useCountdown(
      () => sentAt + 600_000,
      () => sentAt,
    ),
  );
  expect(left.value).toBe(600);
  vi.advanceTimersByTime(1_000);
  expect(left.value).toBe(600);
  vi.advanceTimersByTime(1_000);
  expect(left.value).toBe(599);
});

it('starts again when another message is sent', () => {
  const until = ref(NOW);
  const left = inScope(() => useCountdown(until));
  expect(left.value).toBe(0);
  vi.advanceTimersByTime(100_000);
  until.value = NOW + 100_000 + 60_000;
  expect(left.value).toBe(60);
});

it('counts nothing without an instant', () => {
  expect(inScope(() => useCountdown(() => null)).value).toBe(0);
});

it("follows the server's clock, however wrong this computer's is", () => {
  useServerClockStore().observe(new Date(NOW - 3_600_000).toUTCString());
  const left = inScope(() => useCountdown(NOW - 3_600_000 + 30_000));
  expect(left.value).toBe(30);
});

it('keeps the last known server time when a header has none', () => {
  useServerClockStore().observe(null);
  useServerClockStore().observe('yesterday');
  expect(useServerClockStore().now()).toBe(Date.now());
});
