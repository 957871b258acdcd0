import type { Steps } from './steps';

/** The browser of a person, as a conductor is given it. */
export const CLIENT = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  requestId: 'r1',
  locale: 'fr' as const,
};

interface Recorded {
  name: string;
  reason?: string | null;
}

/** A journal, and what it says: `authn_login_success`, `authn_login_fail wrong-password`. */
export function journalOf<Journal extends object>(steps: Steps): { audit: Journal; lines: string[] } {
  const lines: string[] = [];
  const record = async ({ name, reason }: Recorded) => void lines.push(reason ? `${name} ${reason}` : name);
  // The journal's lib stands on this one for its tests, so that its type is the caller's to give.
  return { audit: steps.of('audit', { record } as unknown as Partial<Journal>), lines };
}
