import { useMutation } from '@pinia/colada';
import { computed, ref, shallowRef } from 'vue';
import { ApiProblem } from '../../api/problem';
import type { Challenge, Channel, CodeReceipt } from '../../api/types';
import { useCodeReceipt } from './code-receipt';
import { dropChallenge, keepChallenge, keptChallenge } from './kept-challenge';

export interface CodeStep<Answer> {
  purpose: Challenge['purpose'];
  /** Asks for a message: the first one, another one, or one by the other channel. Null: none left, none is needed. */
  request: (channel?: Channel) => Promise<Challenge | null>;
  submit: (code: string) => Promise<Answer>;
  accepted: (answer: Answer) => unknown;
  /** Reads the delivery state of the latest code, where the API gives it. */
  receipt?: () => Promise<CodeReceipt>;
  /** Why the message could not leave: shown until the person does something else. */
  failure?: ApiProblem | null;
}

const SPENT = ['code.expired', 'code.exhausted'];

/** The code step, the same wherever a code is asked: sign-in, over one's work, the telephone's proof. */
export function useCodeStep<Answer>(step: CodeStep<Answer>) {
  const challenge = shallowRef<Challenge | null>(keptChallenge(step.purpose));
  /** How many messages came after the first. */
  const messages = ref(0);
  /** The code that was sent cannot serve any more. */
  const spent = ref(false);
  const acting = useMutation({ mutation: (act: () => Promise<void>) => act() });

  /** One act at a time, however often one clicks. */
  async function run(act: () => Promise<void>): Promise<void> {
    if (!acting.isLoading.value) await acting.mutateAsync(act).catch(() => undefined);
  }
  function receive(received: Challenge) {
    challenge.value = received;
    spent.value = false;
    keepChallenge(received);
  }
  /** The facts of a refused code: tries left, its expiry, or a message that could not leave. */
  function learn(failure: unknown): never {
    if (!(failure instanceof ApiProblem)) throw failure;
    const { attemptsLeft } = failure;
    if (failure.challenge) receive(failure.challenge);
    if (attemptsLeft && challenge.value) receive({ ...challenge.value, attemptsLeft });
    if (!SPENT.includes(failure.code)) throw failure;
    spent.value = true;
    dropChallenge(step.purpose);
    throw failure;
  }
  const send = (channel?: Channel) =>
    run(async () => {
      const again = challenge.value !== null;
      const received = await step.request(channel).catch(learn);
      if (received) receive(received);
      if (received && again) messages.value += 1;
    });
  const submit = (code: string) =>
    run(async () => {
      const answer = await step.submit(code).catch((failure: unknown) => learn(lastTry(failure)));
      dropChallenge(step.purpose);
      await step.accepted(answer);
    });
  return {
    challenge,
    busy: acting.isLoading,
    problem: computed(() => (acting.variables.value ? acting.error.value : (step.failure ?? null))),
    messages,
    spent,
    receipt: useCodeReceipt(challenge, step.receipt),
    send,
    submit,
  };
}

/** A wrong code with no try left is the end of that code. */
function lastTry(failure: unknown): unknown {
  const last =
    failure instanceof ApiProblem && failure.code === 'code.rejected' && failure.attemptsLeft === 0;
  return last ? new ApiProblem('code.exhausted') : failure;
}
