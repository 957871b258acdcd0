import { Logger } from '@nestjs/common';
import type { AccountCountsService } from '@portillon/account';
import { DAY, HOUR, Keyring, addMilliseconds } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import { Hit, RateLimiterService } from '@portillon/rate-limit';
import { SettableClock } from '@portillon/testing';
import { resolveAuthOptions } from '../auth.options';
import type { ResolvedAuthOptions } from '../auth.options';
import { SmsBudgetService, SmsBudgetFindings } from './sms-budget.service';

/** A day with this budget of SMS. */
function day(smsDailyBudget: number) {
  const clock = new SettableClock();
  const window = { hits: 0, endsAt: null as Date | null };
  const counted: string[] = [];
  const limiter = {
    consume: async ({ limit }: Hit) => {
      counted.push(`${limit.name} ${limit.max} in ${limit.windowMs}`);
      window.hits++;
    },
    stateOf: async ({ limit }: Hit) => ({
      remaining: Math.max(0, limit.max - window.hits),
      resetsAt: window.endsAt,
    }),
  } as unknown as RateLimiterService;
  const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
  const budget = new SmsBudgetService(
    limiter,
    keyring,
    clock,
    resolveAuthOptions({ serviceName: 'Portillon', smsDailyBudget }),
  );
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent++) await budget.count();
  };
  const ask = () => budget.full();
  return { clock, window, counted, send, ask };
}

describe('the SMS of a day', () => {
  let warn: jest.SpyInstance;

  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  });

  afterEach(() => warn.mockRestore());

  it('leave until the budget is used up, and not one more', async () => {
    const { send, ask } = day(3);
    await send(2);
    expect(await ask()).toBeUndefined();
    await send(1);
    expect(await ask()).toMatchObject({ limit: { counted: 'sms-budget' } });
  });

  it('are counted together, for all recipients', async () => {
    const { counted, send } = day(3);
    await send(1);
    expect(counted).toEqual([`send.sms.day 3 in ${DAY}`]);
  });

  it('are not used up by asking', async () => {
    const { window, ask } = day(1);
    for (let time = 0; time < 5; time++) await ask();
    expect(window.hits).toBe(0);
  });

  it('leave again when the day of the first one ends', async () => {
    const { clock, window, send, ask } = day(1);
    await send(1);
    window.endsAt = addMilliseconds(clock.now(), HOUR);
    expect(await ask()).toMatchObject({ retryAt: window.endsAt });
  });

  it('leave tomorrow where the operator pays for none', async () => {
    const { clock, ask } = day(0);
    expect(await ask()).toMatchObject({ retryAt: addMilliseconds(clock.now(), DAY) });
  });

  it('warn the operator of an instance that starts on a day on which most have left', async () => {
    const { window, send } = day(10);
    window.hits = 8;
    await send(1);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('warn the operator once when 80 % have left, and again on a day on which they do', async () => {
    const { window, send } = day(10);
    await send(7);
    expect(warn).not.toHaveBeenCalled();
    await send(3);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('SMS_DAILY_BUDGET'));
    window.hits = 0;
    await send(7);
    expect(warn).toHaveBeenCalledTimes(1);
    await send(1);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('are reported to the operator, once, when their pace uses up the budget before its day ends', async () => {
    const { clock, window, send } = day(1_000);
    window.endsAt = addMilliseconds(clock.now(), DAY);
    clock.advance(6 * HOUR);
    await send(249);
    expect(warn).not.toHaveBeenCalled();
    clock.advance(-HOUR);
    await send(2);
    const [begun, pace] = [addMilliseconds(window.endsAt, -DAY), (5 * HOUR * 1_000) / 250];
    const at = addMilliseconds(begun, pace).toISOString();
    expect(warn.mock.calls).toEqual([[`sms budget: at this pace SMS_DAILY_BUDGET is used up at ${at}`]]);
  });
});

function found(smsDailyBudget: number, recipients: number, isSmsOn = true) {
  const accounts = { countBySms: async () => recipients } as AccountCountsService;
  const notifications = { available: () => isSmsOn } as unknown as NotificationService;
  return new SmsBudgetFindings(accounts, notifications, { smsDailyBudget } as ResolvedAuthOptions).find();
}

describe('the budget of SMS', () => {
  it('is remarked on where it is less than the accounts that get codes by SMS', async () => {
    expect(await found(2_000, 120_000)).toMatchObject({
      state: 'remark',
      text: 'SMS_DAILY_BUDGET is 2000, and 120000 accounts get their codes by SMS',
    });
    expect(await found(2_000, 2_000)).toMatchObject({ state: 'well' });
  });

  it('is no matter where SMS is off', async () => {
    expect(await found(1, 2, false)).toMatchObject({ state: 'off' });
  });
});
