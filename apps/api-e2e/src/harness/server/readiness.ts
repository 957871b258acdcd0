import type { Answer } from '../people/answer.types';
import { eventually } from './eventually';
import type { Visitor } from '../people/visitor';

/** Resolves to a probe's answer once `isSo`. A probe never waits, so that slow checks show in a later one. */
export function readinessOnce(visitor: Visitor, isSo: (answer: Answer) => boolean): Promise<Answer> {
  return eventually('the readiness that is awaited', async () => {
    const answer = await visitor.get('/health/ready');
    return isSo(answer) ? answer : undefined;
  });
}
