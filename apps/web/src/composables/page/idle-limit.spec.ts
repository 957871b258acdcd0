import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW } from '../../../test/samples';
import { inScope } from '../../../test/scope';
import { useActivity } from './activity';
import { useIdleLimit, type Limits } from './idle-limit';

const MINUTE = 60_000;
const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();
let limits: Limits | null;
const verify = vi.fn<() => Promise<void>>();
const start = () => inScope(() => useIdleLimit({ limits: () => limits, verify }));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  limits = { idleExpiresAt: at(30), expiresAt: at(240) };
  verify.mockReset().mockResolvedValue(undefined);
});

describe('the idle limit', () => {
  it('warns 2 minutes before, and not earlier', async () => {
    const { warning, endsAt } = start();
    await vi.advanceTimersByTimeAsync(28 * MINUTE - 1_000);
    expect(warning.value).toBeNull();
    expect(verify).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(warning.value).toBe('idle');
    expect(endsAt.value).toBe(NOW + 30 * MINUTE);
  });

  it('does not warn when another tab extended the limit meanwhile', async () => {
    verify.mockImplementation(async () => void (limits = { idleExpiresAt: at(58), expiresAt: at(240) }));
    const { warning } = start();
    await vi.advanceTimersByTimeAsync(29 * MINUTE);
    expect(warning.value).toBeNull();
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('stops warning once the limit is extended', async () => {
    const { warning } = start();
    await vi.advanceTimersByTimeAsync(29 * MINUTE);
    limits = { idleExpiresAt: at(59), expiresAt: at(240) };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(warning.value).toBeNull();
  });

  it('asks the server a last time at the limit', async () => {
    start();
    await vi.advanceTimersByTimeAsync(29 * MINUTE);
    verify.mockClear().mockImplementation(async () => void (limits = null));
    await vi.advanceTimersByTimeAsync(1 * MINUTE);
    expect(verify).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('does nothing without a session', async () => {
    limits = null;
    const { warning } = start();
    await vi.advanceTimersByTimeAsync(300 * MINUTE);
    expect(warning.value).toBeNull();
    expect(verify).not.toHaveBeenCalled();
  });
});

describe('the absolute limit', () => {
  it('warns once, because it cannot be extended', async () => {
    limits = { idleExpiresAt: at(10), expiresAt: at(10) };
    const { warning, dismiss } = start();
    await vi.advanceTimersByTimeAsync(8 * MINUTE);
    expect(warning.value).toBe('absolute');
    dismiss();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(warning.value).toBeNull();
  });
});

describe('activity', () => {
  it('is reported at most once a minute', () => {
    const act = vi.fn();
    inScope(() => useActivity(act, MINUTE));
    vi.advanceTimersByTime(MINUTE);
    for (let press = 0; press < 50; press++) dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(MINUTE);
    dispatchEvent(new Event('pointerdown'));
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('does not include the sign-in, which has just set the limits', () => {
    const act = vi.fn();
    inScope(() => useActivity(act, MINUTE));
    dispatchEvent(new Event('pointerdown'));
    expect(act).not.toHaveBeenCalled();
  });
});
