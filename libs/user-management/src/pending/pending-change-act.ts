import type { PendingChange, PendingChangeKind } from '@portillon/account';
import type { AuditData } from '@portillon/audit';
import { maskNationalId } from '@portillon/kernel';
import { erasureRequestOf } from '@portillon/account';
import type { JournalAct } from '../rights/act-journal.service';

export type ChangeStep = 'requested' | 'confirmed' | 'cancelled' | 'applied';

function dataOf(kind: Exclude<PendingChangeKind, 'email'>, value: string): AuditData {
  if (kind === 'identity') return { change: kind, nationalId: maskNationalId(value) };
  if (kind === 'roles') return { change: kind, roles: value.split(' ') };
  return { change: kind, receivedOn: erasureRequestOf(value).receivedOn };
}

/** The journal entry of a pending change. A mail address is personal data: its value is left out. */
export function actOfChange(
  { kind, value }: Pick<PendingChange, 'kind' | 'value'>,
  step: ChangeStep,
): JournalAct {
  if (kind === 'email') return { name: `email_change_${step}` };
  return { name: `account_change_${step}`, data: dataOf(kind, value) };
}
