import type { Means, Service, Session } from './types';

/** Answers that the server wrote into the page, so that it appears without requests. */
interface PageAnswers {
  now: string;
  service: Service;
  means: Means[];
  session?: Session | null;
}

/** Empty where the pages are not served by the server. */
const answers = JSON.parse(document.getElementById('answers')?.textContent || '{}') as Partial<PageAnswers>;

/** The answer to the first request, returned once: later requests need current data. */
export function takeAnswer<Name extends keyof PageAnswers>(name: Name): PageAnswers[Name] | undefined {
  const answer = answers[name];
  delete answers[name];
  return answer;
}
