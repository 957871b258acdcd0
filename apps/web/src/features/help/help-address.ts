import type { LocationQueryValue } from 'vue-router';
import { answerAddress } from '../../composables/help/help-sections';
import { helpTopic } from '../../composables/help/help-topic';

/** Returns the target of `/aide#code-expire` and `/aide?message=code.expired`; nothing for an unknown answer. */
export function helpAddress(hash: string, message?: LocationQueryValue | LocationQueryValue[]) {
  return answerAddress((typeof message === 'string' && helpTopic(message)) || hash.slice(1));
}
