import { AppError, tooMany } from './app-error';

describe('an application error', () => {
  it('logs its detail, or its code without one', () => {
    expect(new AppError('internal', { detail: 'why' }).message).toBe('why');
    expect(new AppError('internal').message).toBe('internal');
  });

  it('keeps its cause', () => {
    const cause = new Error('the cause');
    expect(new AppError('service.busy', { cause }).cause).toBe(cause);
  });

  it('returns whole seconds to wait over a limit, at least one', () => {
    const now = new Date('2026-11-24T15:00:00.000Z');
    const after = (ms: number) =>
      tooMany('service.busy', new Date(now.getTime() + ms), now).retryAfterSeconds;
    expect([after(1_001), after(1_000), after(0), after(-5_000)]).toEqual([2, 1, 1, 1]);
  });
});
