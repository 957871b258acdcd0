import { useMutation, useQuery } from '@pinia/colada';
import { computed, onUnmounted } from 'vue';
import { dropLinkToken, linkToken } from '../../router/link-token';
import { useSessionStore } from '../../stores/session.store';

interface LinkAct<Subject, Answer> {
  /** What the subject depends on, beside the link. */
  key: () => string[];
  look: (token: string) => Promise<Subject>;
  act: (token: string, answer: Answer) => Promise<unknown>;
}

/** The page of a mailed link: its subject, and the act of its buttons. The link alone does nothing. */
export function useLinkAct<Subject, Answer = void>({ key, look, act }: LinkAct<Subject, Answer>) {
  const sessions = useSessionStore();
  const { data: subject, error } = useQuery({
    key: () => [...key(), linkToken.value],
    query: () => look(linkToken.value),
    enabled: () => linkToken.value !== '',
  });
  const {
    mutate,
    isLoading: busy,
    status,
    variables: answer,
    error: problem,
  } = useMutation({
    mutation: (given: Answer) => act(linkToken.value, given),
    onSuccess() {
      // The act may have changed or ended an open session of the same person.
      if (sessions.signedIn) void sessions.verify().catch(() => undefined);
    },
  });
  const refused = computed(() => [error.value, problem.value].some((one) => one?.code === 'token.rejected'));
  onUnmounted(dropLinkToken);
  return { subject, error, mutate, busy, status, answer, problem, refused };
}
