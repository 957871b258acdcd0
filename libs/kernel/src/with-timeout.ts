/**
 * Resolves to the result of `work`, which goes on after a timeout.
 * @throws Error of `work`, or `late` after `milliseconds`
 */
export async function withTimeout<Result>(
  milliseconds: number,
  work: Promise<Result>,
  late = `no answer in ${milliseconds} ms`,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(late)), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
