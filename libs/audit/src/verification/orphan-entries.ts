import type { Keyring } from '@portillon/kernel';
import type { AuditEventEntity } from '../journal/audit-event.entity';
import type { Findings } from './findings';
import { called, isMarked } from '../journal/journal.line';

/**
 * Lines that name a seal which does not exist. Those that Portillon wrote are counted, not named one by one: a seal was
 * taken away from over them, and the hundreds of them must not push what else was done out of the report.
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
