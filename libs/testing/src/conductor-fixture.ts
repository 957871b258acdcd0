import type { Steps } from './steps';

/** The client of a request, as use cases receive it. */
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
  data?: Record<string, unknown>;
}

/** A fake journal with its entries, and their texts: `authn_login_success`, `authn_login_fail wrong-password`. */
export function journalOf<Journal extends object>(steps: Steps) {
  const lines: string[] = [];
  const entries: Recorded[] = [];
  const record = async (entry: Recorded) => {
    entries.push(entry);
    lines.push(entry.reason ? `${entry.name} ${entry.reason}` : entry.name);
  };
  // The library of the journal uses this one in its tests, so the caller gives the type.
  return { audit: steps.of<Journal>('audit', { record } as unknown as Partial<Journal>), lines, entries };
}
