import type { Keyring } from '@portillon/kernel';
import type { AuditEventEntity } from '../journal/audit-event.entity';
import type { Findings } from './findings';
import { called, isMarked } from '../journal/journal.line';

/**
 * Lines that name a missing seal. Lines with a valid mark are counted, not listed: a removed seal leaves hundreds of
 * them, which would push other faults out of the report.
 */
export class OrphanEntries {
  readonly #written = new Map<number, number>();

  constructor(
    private readonly keyring: Keyring,
    private readonly findings: Findings,
  ) {}

  add(line: AuditEventEntity): void {
    const seal = line.sealSequence!;
    if (isMarked(line, this.keyring)) this.#written.set(seal, (this.#written.get(seal) ?? 0) + 1);
    else
      this.findings.add(`${called(line)} was slipped in: it names seal ${seal}, which does not exist.`, {
        seal,
        line: line.id,
      });
  }

  report(): void {
    for (const [seal, count] of this.#written) {
      const lines =
        count === 1 ? '1 line that Portillon wrote names' : `${count} lines that Portillon wrote name`;
      this.findings.add(`${lines} seal ${seal}, which does not exist.`, { seal });
    }
  }
}
