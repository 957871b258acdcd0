const MSSANTE = /@(?:[^@\s]+\.)?mssante\.fr$/i;

/**
 * Whether it is an address of the MSSanté, which takes mails of its own operators alone: no code arrives there. It may be
 * kept all the same: the person may have SMS, a card or an e-CPS.
 */
export function isMssante(email: string): boolean {
  return MSSANTE.test(email);
}
