import { call } from './call';
import { ApiProblem, toProblem } from './problem';

/** The journal of a year is a large file, and a hospital's network may be slow. */
const FILE_PATIENCE_MS = 30 * 60_000;

/** The options of a request for a file. */
export const asFile = {
  parseAs: 'blob' as const,
  fetch: (input: RequestInfo | URL) => fetch(input, { signal: AbortSignal.timeout(FILE_PATIENCE_MS) }),
};

/** Downloads a file as a signed-in person. An interrupted download counts as a request without an answer. */
export async function callForFile(
  request: () => Promise<{ data?: Blob | File; error?: unknown }>,
): Promise<Blob> {
  try {
    return await call(request);
  } catch (failure) {
    throw failure instanceof ApiProblem ? failure : toProblem(failure);
  }
}
