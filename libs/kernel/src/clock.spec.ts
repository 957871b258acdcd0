import { HOUR, isCalendarDay, MachineClocks, MINUTE, SECOND, SystemClock, withTimeout } from './clock';

/** A machine whose two clocks run together, until its wall clock is set. */
class Machine implements MachineClocks {
  #elapsed = 0;
  #set = 0;

  wall(): number {
    return Math.floor(this.#set + this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  run(milliseconds: number): void {
    this.#elapsed += milliseconds;
  }

  setBy(milliseconds: number): void {
    this.#set += milliseconds;
  }
}

describe('the system clock', () => {
  let machine: Machine;
  let clock: SystemClock;
  const now = () => clock.now().getTime();

  beforeEach(() => {
    machine = new Machine();
    machine.setBy(Date.UTC(2026, 10, 24, 15));
    clock = new SystemClock(machine);
  });

  it('returns the time of the machine', () => {
    const start = now();
    for (const step of [0.4, 0.4, 0.4, 12.7, 1_000]) machine.run(step);
    expect(now()).toBe(machine.wall());
    machine.setBy(HOUR);
    expect(now()).toBe(machine.wall());
    expect(now() - start).toBe(HOUR + 1_013);
  });

  it("neither steps back nor stops when the machine's clock is set back", () => {
    const start = now();
    machine.setBy(-HOUR);
    expect(now()).toBe(start);
    machine.run(10 * MINUTE);
    expect(now()).toBe(start + 9 * MINUTE);
  });

  it("returns to the machine's time by a tenth of each interval, once that was corrected", () => {
    machine.setBy(2 * MINUTE);
    now();
    machine.setBy(-2 * MINUTE);
    const told = Array.from({ length: 200 }, () => {
      machine.run(6 * SECOND);
      return now();
    });
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told.at(-1)).toBe(machine.wall());
  });

  it('is as accurate when it is read once as when it is read continuously', () => {
    machine.setBy(2 * MINUTE);
    now();
    machine.setBy(-2 * MINUTE);
    machine.run(30 * MINUTE);
    expect(now()).toBe(machine.wall());
  });

  it('stretches ten minutes by a ninth at most, after a jump of two hours and the return from it', () => {
    machine.setBy(2 * HOUR);
    const issued = now();
    machine.setBy(-2 * HOUR);
    machine.run(10 * MINUTE);
    expect(now() - issued).toBe(9 * MINUTE);
    machine.run(67 * SECOND);
    expect(now() - issued).toBeGreaterThan(10 * MINUTE);
  });

  it("equals the machine's again once that has caught up", () => {
    const start = now();
    machine.setBy(-MINUTE);
    machine.run(MINUTE);
    machine.setBy(2 * MINUTE);
    expect(now()).toBe(machine.wall());
    expect(now()).toBe(start + 2 * MINUTE);
  });

  it("reads this machine's clocks by default", () => {
    expect(new SystemClock().now().getTime()).toBeGreaterThan(Date.UTC(2026, 0));
  });
});

it.each([
  ['2026-11-29', true],
  ['2028-02-29', true],
  ['2026-02-30', false],
  ['2026-2-3', false],
  ['+002026-11-29', false],
  ['hier', false],
  ['', false],
])('a day of the calendar is written as it is there: %s, %s', (text, expected) =>
  expect(isCalendarDay(text)).toBe(expected),
);

const LIMIT_MS = 2_000;
const never = () => new Promise<never>(() => undefined);

describe('work that has a time limit', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('resolves to the result, and leaves no timer behind', async () => {
    expect(await withTimeout(LIMIT_MS, Promise.resolve('done'))).toBe('done');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('throws its error, and leaves no timer behind', async () => {
    await expect(withTimeout(LIMIT_MS, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    [undefined, 'no answer in 2000 ms'],
    ['the collector did not answer', 'the collector did not answer'],
  ])('is given up once the time is over (%s)', async (late, message) => {
    const refused = expect(withTimeout(LIMIT_MS, never(), late)).rejects.toThrow(message);
    jest.advanceTimersByTime(LIMIT_MS);
    await refused;
  });
});
