import { observeServerTime } from '../composables/dates/server-clock';
import type { Means, Service, Session } from './types';

/** Answers that the server wrote into the page, so that it appears without requests. */
interface PageAnswers {
  now: string;
  service: Service;
  means: Means[];
  session?: Session | null;
}

const answers = readAnswers();

/** Empty where the pages are not served by the server. */
function readAnswers(): Partial<PageAnswers> {
  const block = document.getElementById('answers');
  const read = JSON.parse(block?.textContent || '{}') as Partial<PageAnswers>;
  observeServerTime(read.now ?? null);
  return read;
}

/** The answer to the first request, returned once: later requests need current data. */
export function takeAnswer<Name extends keyof PageAnswers>(name: Name): PageAnswers[Name] | undefined {
  const answer = answers[name];
  delete answers[name];
  return answer;
}
