import { observeServerTime } from '../composables/dates/server-clock';
import type { Means, Service, Session } from './types';

/** What the server wrote into the page, so that it shows without asking. */
interface PageAnswers {
  now: string;
  service: Service;
  means: Means[];
  session?: Session | null;
}

const answers = readAnswers();

/** Nothing where the pages are served without the server. */
function readAnswers(): Partial<PageAnswers> {
  const block = document.getElementById('answers');
  const read = JSON.parse(block?.textContent || '{}') as Partial<PageAnswers>;
  observeServerTime(read.now ?? null);
  return read;
}

/** The answer to a first question; it serves once, because what is asked again later is asked for what is new. */
export function takeAnswer<Name extends keyof PageAnswers>(name: Name): PageAnswers[Name] | undefined {
  const answer = answers[name];
  delete answers[name];
  return answer;
}
