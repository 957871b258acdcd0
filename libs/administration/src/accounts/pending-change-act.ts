import type { PendingChange } from '@portillon/account';
import { maskNationalId } from '@portillon/kernel';
import type { JournalAct } from '../core/act-journal.service';

export type ChangeStep = 'requested' | 'confirmed' | 'cancelled' | 'applied';

/** The line of the journal of a change that waits. An address is the person's own: its value stays out. */
export function actOfChange(
  { kind, value }: Pick<PendingChange, 'kind' | 'value'>,
  step: ChangeStep,
): JournalAct {
  if (kind === 'email') return { name: `email_change_${step}` };
  const data =
    kind === 'identity'
      ? ({ change: kind, nationalId: maskNationalId(value) } as const)
      : ({ change: kind, roles: value.split(' ') } as const);
  return { name: `account_change_${step}`, data };
}
