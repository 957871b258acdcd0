/** A command that cannot run as requested: only its message is printed, as the code is not at fault. */
export class CommandRefusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
