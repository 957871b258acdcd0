/** Ids of the texts that describe a field: its error first, then its warning and its help. */
export function describedBy(
  id: string,
  { error, warning, help }: { error?: string; warning?: string; help?: string },
) {
  const ids = [error && `${id}-error`, warning && `${id}-warning`, help && `${id}-help`];
  return ids.filter(Boolean).join(' ') || undefined;
}
