import { AppError } from '@portillon/kernel';

/** More concurrent callers than this on the rows of one person are an attack. */
const TURNS = 32;
const RETRY_AFTER_SECONDS = 1;

/**
 * Runs `turn` until it succeeds. `turn` reads a row and changes it if it is unchanged; it returns `undefined` when
 * another caller came first.
 *
 * @throws AppError `service.busy` with `detail`, after 32 turns
 */
export async function optimisticRetry<Result>(
  turn: () => Promise<Result | undefined>,
  detail: string,
): Promise<Result> {
  for (let taken = 0; taken < TURNS; taken++) {
    const result = await turn();
    if (result !== undefined) return result;
  }
  throw new AppError('service.busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
