import type { SettingsReader } from './sms-provider.types';

/** Capacity of one process; 0: unlimited. */
const PER_SECOND = { default: 0, min: 0, max: 1_000 };

export function apiUrl(settings: SettingsReader, name: string): string | undefined {
  return settings.url(name, ['http:', 'https:']) ?? undefined;
}

export function capacity(settings: SettingsReader, name: string): { capacityPerSecond?: number } {
  const perSecond = settings.whole(name, PER_SECOND);
  return perSecond > 0 ? { capacityPerSecond: perSecond } : {};
}

/** Reads the settings that a provider needs: when it is named or one of them is set, all must be. */
export function neededTexts<Field extends string>(
  settings: SettingsReader,
  needed: Record<Field, string>,
  isNamed: boolean,
): Record<Field, string> | null {
  const names = Object.entries<string>(needed);
  const missing = names.map(([, name]) => name).filter((name) => !settings.text(name));
  if (!isNamed && missing.length === names.length) return null;
  const other = names.find(([, name]) => !missing.includes(name))?.[1] ?? 'SMS_PROVIDERS';
  for (const name of missing) settings.refuse(name, `is required with ${other}`);
  return Object.fromEntries(names.map(([field, name]) => [field, settings.text(name) ?? ''])) as Record<
    Field,
    string
  >;
}
