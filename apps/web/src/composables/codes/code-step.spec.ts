import { beforeEach, expect, it, vi } from 'vitest';
import { challenge, NOW } from '../../../test/samples';
import { inScope } from '../../../test/scope';
import { ApiProblem } from '../../api/problem';
import { useCodeStep } from './code-step';
import { keepChallenge, keptChallenge } from './kept-challenge';

const request = vi.fn();
const submit = vi.fn();
const accepted = vi.fn();
const refuse = (code: string, more = {}) => Promise.reject(new ApiProblem(code, more));
const start = () => inScope(() => useCodeStep({ purpose: 'sign-in', request, submit, accepted }));

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.resetAllMocks();
});

it('goes on with the code that was already sent', () => {
  keepChallenge(challenge());
  expect(start().challenge.value).toEqual(challenge());
});

it('takes an accepted code, and forgets the challenge', async () => {
  keepChallenge(challenge());
  submit.mockResolvedValue('session');
  await start().submit('482913');
  expect(submit).toHaveBeenCalledWith('482913');
  expect(accepted).toHaveBeenCalledWith('session');
  expect(keptChallenge('sign-in')).toBeNull();
});

it('shows the remaining tries after a wrong code', async () => {
  keepChallenge(challenge());
  submit.mockImplementation(() => refuse('code.rejected', { attemptsLeft: 4 }));
  const step = start();
  await step.submit('000000');
  expect(step.problem.value?.code).toBe('code.rejected');
  expect(step.challenge.value?.attemptsLeft).toBe(4);
  expect(step.spent.value).toBe(false);
  expect(accepted).not.toHaveBeenCalled();
});

it.each(['code.expired', 'code.exhausted'])(
  'wants another code after %s, even on a new load',
  async (code) => {
    keepChallenge(challenge());
    submit.mockImplementation(() => refuse(code));
    const step = start();
    await step.submit('000000');
    expect(step.spent.value).toBe(true);
    expect(step.challenge.value).not.toBeNull();
    expect(keptChallenge('sign-in')).toBeNull();
    request.mockResolvedValue(challenge({ id: 'c2', reference: 'M4TR' }));
    await step.send();
    expect(step.spent.value).toBe(false);
    expect(step.challenge.value?.reference).toBe('M4TR');
  },
);

it('treats a code without remaining tries as ended', async () => {
  keepChallenge(challenge({ attemptsLeft: 1 }));
  submit.mockImplementation(() => refuse('code.rejected', { attemptsLeft: 0 }));
  const step = start();
  await step.submit('000000');
  expect(step.problem.value?.code).toBe('code.exhausted');
  expect(step.spent.value).toBe(true);
});

it('shows no field again while another code is being sent', async () => {
  keepChallenge(challenge());
  submit.mockImplementation(() => refuse('code.expired'));
  request.mockReturnValue(new Promise(() => undefined));
  const step = start();
  await step.submit('000000');
  void step.send();
  expect(step.spent.value).toBe(true);
});

it('sends by the other channel on request', async () => {
  keepChallenge(challenge({ channel: 'SMS' }));
  request.mockResolvedValue(challenge());
  const step = start();
  await step.send('EMAIL');
  expect(request).toHaveBeenCalledWith('EMAIL');
  expect(step.challenge.value?.channel).toBe('EMAIL');
  expect(step.messages.value).toBe(1);
});

it('keeps the challenge and the other channels when the message could not be sent', async () => {
  const failed = challenge({ channel: 'SMS', otherChannels: ['EMAIL'] });
  request.mockImplementation(() => refuse('delivery.failed', { challenge: failed }));
  const step = start();
  await step.send();
  expect(step.problem.value?.code).toBe('delivery.failed');
  expect(step.challenge.value).toEqual(failed);
  expect(step.messages.value).toBe(0);
});

it('keeps the valid code when another is requested too soon', async () => {
  keepChallenge(challenge());
  request.mockImplementation(() => refuse('resend.too-soon', { retryAfterSeconds: 20 }));
  const step = start();
  await step.send();
  expect(step.challenge.value).toEqual(challenge());
  expect(step.problem.value?.retryAt).toBe(NOW + 20_000);
});

it('sends one code at a time, however often the person clicks', async () => {
  keepChallenge(challenge());
  submit.mockReturnValue(new Promise(() => undefined));
  const step = start();
  void step.submit('1');
  void step.submit('1');
  await vi.advanceTimersByTimeAsync(0);
  expect(submit).toHaveBeenCalledTimes(1);
});
