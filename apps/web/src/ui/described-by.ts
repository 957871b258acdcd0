/** The ids of what describes a field: its error first, then its help. */
export function describedBy(id: string, { error, help }: { error?: string; help?: string }) {
  return [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ') || undefined;
}
