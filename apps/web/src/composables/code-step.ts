import { computed, ref, shallowRef } from 'vue';
import { ApiProblem } from '../api/problem';
import type { Challenge, Channel } from '../api/types';
import { useAttempt } from './attempt';
import { dropChallenge, keepChallenge, keptChallenge } from './kept-challenge';

export interface CodeStep<Answer> {
  purpose: Challenge['purpose'];
  /** Asks for a message: the first one, another one, or one by the other channel. */
  request: (channel?: Channel) => Promise<Challenge>;
  submit: (code: string) => Promise<Answer>;
  accepted: (answer: Answer) => unknown;
}

const SPENT = ['code.expired', 'code.exhausted'];

/** The code step, the same wherever a code is asked: sign-in, over one's work, the telephone's proof. */
export function useCodeStep<Answer>(step: CodeStep<Answer>) {
  const challenge = shallowRef<Challenge | null>(keptChallenge(step.purpose));
  const { busy, problem, run } = useAttempt();
  const messages = ref(0);
  const spent = computed(() => SPENT.includes(problem.value?.code ?? ''));

  function receive(received: Challenge) {
    challenge.value = received;
    keepChallenge(received);
  }
  /** What a refusal says of the challenge: tries left, or a message that could not leave. */
  function learn(failure: unknown): never {
    if (failure instanceof ApiProblem) {
      if (failure.challenge) receive(failure.challenge);
      else if (failure.attemptsLeft !== undefined && challenge.value)
        receive({ ...challenge.value, attemptsLeft: failure.attemptsLeft });
      if (SPENT.includes(failure.code)) dropChallenge(step.purpose);
    }
    throw failure;
  }
  const send = (channel?: Channel) =>
    run(async () => {
      receive(await step.request(channel).catch(learn));
      messages.value += 1;
    });
  const submit = (code: string) =>
    run(async () => {
      const answer = await step.submit(code).catch(learn);
      dropChallenge(step.purpose);
      await step.accepted(answer);
    });
  return { challenge, busy, problem, messages, spent, receive, send, submit };
}
