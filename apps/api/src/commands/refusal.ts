/** A command that cannot be done as it was asked: its message alone is told, as there is nothing to look for in the code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
