import type { AccountImport, ImportState } from '@portillon/account';

/** What follows when no line of the present state is left. */
export function nextState({
  state,
  dryRun,
  mode,
  lines,
}: Pick<AccountImport, 'state' | 'dryRun' | 'mode' | 'lines'>): ImportState {
  const refused = mode === 'ALL_OR_NONE' && lines.BAD > 0;
  if (state === 'CHECKING') return dryRun ? 'CHECKED' : refused ? 'REFUSED' : 'CREATING';
  if (state === 'CREATING') return refused ? 'UNDOING' : 'INVITING';
  return state === 'UNDOING' ? 'UNDONE' : 'DONE';
}

/** Whether the import is over in this state. */
export function isOver(state: ImportState): boolean {
  return state === 'DONE' || state === 'UNDONE' || state === 'REFUSED';
}
