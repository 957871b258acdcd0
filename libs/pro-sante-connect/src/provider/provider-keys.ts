import { createRemoteJWKSet, customFetch } from 'jose';

/** The keys that PSC publishes, fetched when a token first needs them. */
export type ProviderKeys = ReturnType<typeof createRemoteJWKSet>;

/** A token with an unknown key causes a new fetch of the keys, at most this often: forged tokens must not flood PSC. */
const COOLDOWN_MS = 5_000;
const KEPT_MS = 10 * 60_000;

/** `fetching`: where another than Node's own is needed. */
export function providerKeys(url: string, timeoutMs: number, fetching?: typeof fetch): ProviderKeys {
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: timeoutMs,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEPT_MS,
    ...(fetching ? { [customFetch]: fetching } : {}),
  });
}
