import type { Answer } from '../people/answer.types';
import { eventually } from './eventually';
import type { Visitor } from '../people/visitor';

/** What a probe is told once `isSo`. A probe waits for nothing, so that what takes long is told to a later one. */
export function readinessOnce(visitor: Visitor, isSo: (answer: Answer) => boolean): Promise<Answer> {
  return eventually('the readiness that is awaited', async () => {
    const answer = await visitor.get('/health/ready');
    return isSo(answer) ? answer : undefined;
  });
}
