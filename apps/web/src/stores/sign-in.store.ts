import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { ApiProblem } from '../api/problem';
import { signInWithPassword } from '../api/sign-in.api';
import type { Challenge, FactorWay, Session } from '../api/types';
import { expectedUsername } from '../composables/means/expected-username';
import {
  dropChallenges,
  keepChallenge,
  keepUnremembered,
  keepWays,
} from '../composables/codes/kept-challenge';

/** State of a sign-in across its pages: from the first means to the code. */
export const useSignInStore = defineStore('sign-in', () => {
  /** The first message could not be sent: the code step shows it and offers the other channel. */
  const failure = shallowRef<ApiProblem | null>(null);
  /** Why the code step returned to the first step. */
  const sentBack = shallowRef<ApiProblem | null>(null);

  /** Returns the session, or nothing when a code is needed first. */
  async function withPassword(username: string, password: string): Promise<Session | undefined> {
    failure.value = sentBack.value = null;
    try {
      const answer = await signInWithPassword(username, password);
      expectedUsername.value = '';
      if (answer.status === 'signed-in') return answer.session;
      codeFollows(answer.challenge, answer.alternatives);
      keepUnremembered(answer.sharedWorkstation);
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || !problem.challenge) throw problem;
      codeFollows(problem.challenge, [], problem);
    }
    return undefined;
  }
  function codeFollows(challenge: Challenge | null, ways: FactorWay[], why: ApiProblem | null = null) {
    dropChallenges();
    keepWays(ways);
    if (challenge) keepChallenge(challenge);
    failure.value = why;
  }
  return { failure, sentBack, withPassword };
});
