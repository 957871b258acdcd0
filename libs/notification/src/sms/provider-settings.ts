import type { SettingsReader } from './sms-provider.types';

/** For one process; 0: as many as there are. */
const PER_SECOND = { default: 0, min: 0, max: 1_000 };

export function textsOf<Field extends string>(settings: SettingsReader, names: Record<Field, string>) {
  const texts = Object.entries<string>(names).map(([field, name]) => [field, settings.text(name) ?? '']);
  return Object.fromEntries(texts) as Record<Field, string>;
}

export function apiUrl(settings: SettingsReader, name: string): string | undefined {
  return settings.url(name, ['http:', 'https:']) ?? undefined;
}

export function capacity(settings: SettingsReader, name: string): { capacityPerSecond?: number } {
  const perSecond = settings.whole(name, PER_SECOND);
  return perSecond > 0 ? { capacityPerSecond: perSecond } : {};
}

/** Whether a provider is named, or one of what it needs is set; then all of it must be. */
export function isAsked(settings: SettingsReader, needed: readonly string[], isNamed: boolean): boolean {
  const missing = needed.filter((name) => !settings.text(name));
  if (!isNamed && missing.length === needed.length) return false;
  const others = needed.filter((name) => !missing.includes(name));
  for (const name of missing) settings.refuse(name, `is required with ${others[0] ?? 'SMS_PROVIDERS'}`);
  return true;
}
