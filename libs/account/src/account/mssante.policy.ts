const MSSANTE = /@(?:[^@\s]+\.)?mssante\.fr$/i;

/**
 * Whether the address belongs to MSSanté, which accepts mail from its own operators only: no code arrives there. The
 * address may be kept all the same: the account holder may have SMS, a card or an e-CPS.
 */
export function isMssante(email: string): boolean {
  return MSSANTE.test(email);
}
