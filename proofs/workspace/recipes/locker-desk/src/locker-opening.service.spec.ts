import type { AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import type { LockerService } from '@portillon/locker';
import type { Session } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { LockerOpeningService } from './locker-opening.service';

const SESSION = { accountId: 'claire', principal: { structure: null } } as Session;

function opening({ isOpen = false } = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const open = async () => (isOpen ? Promise.reject(new AppError('locker.open')) : undefined);
  const lockers = steps.of<LockerService>('lockers', { open });
  return {
    steps,
    lines,
    service: new LockerOpeningService({ hours: 12 }, steps.transactions, lockers, audit),
  };
}

describe('a locker', () => {
  it('is opened with its line of the journal, in one transaction', async () => {
    const { steps, service } = opening();
    expect(await service.submit(SESSION, 'seven', CLIENT)).toEqual({ id: 'seven', hours: 12 });
    expect(steps.taken.slice(0, 2)).toEqual(['begin', 'lockers.open(tx)']);
    expect(steps.taken.at(-1)).toBe('commit');
  });

  it('that is open already is refused, and leaves no line', async () => {
    const { lines, service } = opening({ isOpen: true });
    await expect(service.submit(SESSION, 'seven', CLIENT)).rejects.toMatchObject({ code: 'locker.open' });
    expect(lines).toEqual([]);
  });
});
