import { ApiProblem } from '../../../api/problem';

/** To catch the refusal of an edit with: when what is edited has moved meanwhile, `moved` is called. The refusal goes on. */
export function learnOfMove(moved: () => void) {
  return (failure: unknown): never => {
    if (failure instanceof ApiProblem && failure.code === 'precondition.failed') moved();
    throw failure;
  };
}
