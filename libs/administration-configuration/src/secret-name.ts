/** The reference that an export writes for a secret that it never shows: `env:WEBHOOK_SECRET_ANNUAIRE`. */
export function secretName(kind: 'APPLICATION' | 'WEBHOOK', ...names: (string | null)[]): string {
  const words = names.filter((name) => name !== null).map(wordOf);
  return `env:${[kind, 'SECRET', ...words].join('_')}`;
}

function wordOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  return plain.replace(/[^A-Z0-9]+/g, '_').replace(/^_|_$/g, '');
}
