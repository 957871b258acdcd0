import { AppError } from '@portillon/kernel';

/** More callers at once than that on the rows of one person are an attack. */
const TURNS = 32;
const RETRY_AFTER_SECONDS = 1;

/**
 * Runs `turn`, which reads a row and changes it while it stands as it was read, again and again until it comes first:
 * `undefined` says that another caller did.
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
