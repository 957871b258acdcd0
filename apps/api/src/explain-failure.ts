/** Known by their names, so that no command loads what it does not need. */
const REFUSALS = new Set(['SettingsError', 'Refusal', 'AppError']);
/** Error codes of a server that cannot listen at its address. */
const UNREACHABLE = new Set(['ENOTFOUND', 'EADDRNOTAVAIL', 'EACCES', 'EAI_AGAIN']);

/** Statements of migrations, and of `restore clean`. */
const CHANGES_TABLES = /^\s*(CREATE|ALTER|DROP|TRUNCATE)\b/i;

/** Explains to an operator why a command failed; with a stack only where the code may be at fault. */
export async function explain(error: unknown): Promise<string> {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE')
    return `Portillon cannot start: ${message}. Stop the other program or set PORT or OPS_PORT.`;
  if (code && UNREACHABLE.has(code))
    return `Portillon cannot listen (${code}). Check HOST, PORT and OPS_PORT.`;
  const { failureKind, failureText } = await import('@portillon/kernel');
  if (failureKind(error) === 'not-allowed') return missingRight(error as { query?: string });
  if (code === 'service.busy' || failureKind(error) !== 'unknown')
    return `Portillon cannot start. Its database ${failureText(error, 'DATABASE_URL')}.`;
  if (error instanceof Error && REFUSALS.has(error.name)) return refusal(error);
  return `Portillon stopped: ${error instanceof Error ? error.stack : String(error)}`;
}

/** `query`: the refused statement; none when the database refused the connection. */
function missingRight({ query }: { query?: string }): string {
  if (query && CHANGES_TABLES.test(query))
    return 'This account may not change tables: run "portillon migrate" or "portillon restore clean" with the account that migrates in DATABASE_URL.';
  return 'This account lacks a right on the database of DATABASE_URL: run there, as its administrator, the SQL that "portillon migrate --grants" prints.';
}

function refusal({ message, errors = [] }: Error & { errors?: { field: string; code: string }[] }): string {
  return [message, ...errors.map(({ field, code }) => `- ${field}: ${code}`)].join('\n');
}
