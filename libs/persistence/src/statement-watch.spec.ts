import { StatementWatch } from './statement-watch';

describe('a statement that nobody answers', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is given up after the limit, and not before', () => {
    const giveUp = jest.fn();
    new StatementWatch(2_000).expect(giveUp);
    jest.advanceTimersByTime(1_900);
    expect(giveUp).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    expect(giveUp).toHaveBeenCalledTimes(1);
  });

  it('is left alone once it was answered', () => {
    const [answered, forgotten] = [jest.fn(), jest.fn()];
    const watch = new StatementWatch(2_000);
    watch.expect(answered);
    watch.expect(forgotten);
    watch.answered(answered);
    jest.advanceTimersByTime(10_000);
    expect([answered.mock.calls.length, forgotten.mock.calls.length]).toEqual([0, 1]);
  });

  it('leaves no timer running when none waits', () => {
    const watch = new StatementWatch(2_000);
    watch.expect(() => undefined);
    jest.advanceTimersByTime(3_000);
    expect(jest.getTimerCount()).toBe(0);
  });
});
