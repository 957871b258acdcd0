import type { AdminApplication } from '../../../../api/types';

const usesSecret = ({ authMethod }: AdminApplication) => authMethod.startsWith('client_secret');

/** Whether a missing first request can be detected: for the proxy of a gated application, or a client with a secret. */
export function isAwaited(application: AdminApplication): boolean {
  return application.kind === 'gate' || usesSecret(application);
}

/** When the first request came, and from which proxy; for a secret, its last use. */
export function firstRequestOf(
  application: AdminApplication,
): { at: string; from: string | null } | undefined {
  const { kind, firstSeenAt, seenFrom, secrets } = application;
  if (kind === 'gate') return firstSeenAt === null ? undefined : { at: firstSeenAt, from: seenFrom };
  const used = secrets.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort();
  return used.length ? { at: used.at(-1)!, from: null } : undefined;
}
