// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { call, guardCalls, send } from './call';
import { ApiProblem } from './problem';

const stepUp = vi.fn<() => Promise<boolean>>();
const sessionLost = vi.fn();
const refusal = (code: string, more = {}) => ({ error: { code, status: 401, ...more } });

/** Returns the given answers in turn. */
function answers(...all: { data?: string; error?: unknown }[]) {
  return vi.fn(async () => all.shift()!);
}

beforeEach(() => {
  stepUp.mockReset().mockResolvedValue(true);
  sessionLost.mockReset();
  guardCalls({ stepUp, sessionLost });
});

describe('a call of a signed-in person', () => {
  it('gives the data', async () => {
    expect(await call(answers({ data: 'account' }))).toBe('account');
    expect(stepUp).not.toHaveBeenCalled();
  });

  it.each(['code.required', 'reauthentication.required'])(
    'asks for a code at %s, then sends again',
    async (code) => {
      const request = answers(refusal(code), { data: 'saved' });
      expect(await call(request)).toBe('saved');
      expect(stepUp).toHaveBeenCalledExactlyOnceWith(code);
      expect(request).toHaveBeenCalledTimes(2);
    },
  );

  it('is refused when the person gives up, and not sent again', async () => {
    stepUp.mockResolvedValue(false);
    const request = answers(refusal('reauthentication.required'));
    await expect(call(request)).rejects.toMatchObject({ code: 'reauthentication.required' });
    expect(request).toHaveBeenCalledTimes(1);
  });

  it('repeats a request once only, then reports the refusal', async () => {
    const request = answers(refusal('code.required'), refusal('reauthentication.required'));
    await expect(call(request)).rejects.toMatchObject({ code: 'reauthentication.required' });
    expect(stepUp).toHaveBeenCalledTimes(1);
  });

  it('reports that the session is over', async () => {
    await expect(call(answers(refusal('session.required')))).rejects.toBeInstanceOf(ApiProblem);
    expect(sessionLost).toHaveBeenCalledOnce();
  });

  it('reports the end of a session that ends while the code is being typed', async () => {
    const request = answers(refusal('code.required'), refusal('session.required'));
    await expect(call(request)).rejects.toMatchObject({ code: 'session.required' });
    expect(sessionLost).toHaveBeenCalledOnce();
  });
});

describe('a call of anybody', () => {
  it('asks for no code, whatever the refusal', async () => {
    await expect(send(answers(refusal('session.required')))).rejects.toMatchObject({
      code: 'session.required',
    });
    expect(sessionLost).not.toHaveBeenCalled();
  });

  it('turns a missing or foreign answer into one problem', async () => {
    await expect(send(answers({ error: new TypeError('Failed to fetch') }))).rejects.toMatchObject({
      code: 'unreachable',
    });
    await expect(send(answers({ error: '<html>502 Bad Gateway</html>' }))).rejects.toMatchObject({
      code: 'unreachable',
    });
    await expect(send(answers({ error: '' }))).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('keeps the facts of the refusal', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const more = {
      attemptsLeft: 2,
      retryAfterSeconds: 65,
      errors: [{ field: 'newPassword', code: 'personal' }],
    };
    await expect(send(answers(refusal('code.rejected', more)))).rejects.toMatchObject({
      attemptsLeft: 2,
      retryAt: 1_065_000,
      reasons: [{ code: 'personal' }],
    });
  });
});
