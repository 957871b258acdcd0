import { ApiProblem } from '../../../api/problem';

/** Returns a handler for the refusal of an edit: calls `moved` if the object has changed meanwhile, and rethrows. */
export function learnOfMove(moved: () => void) {
  return (failure: unknown): never => {
    if (failure instanceof ApiProblem && failure.code === 'precondition.failed') moved();
    throw failure;
  };
}
