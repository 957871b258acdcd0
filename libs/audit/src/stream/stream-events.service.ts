import { Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import type { AuditEventEntity } from '../journal/audit-event.entity';
import { isMarked } from '../journal/journal.line';
import { JournalRegistry } from '../journal.registry';
import { AuditSealService } from '../seal/audit-seal.service';
import { eventOfHead, eventOfLine, StreamEvent } from './ocsf';

/** Converts the journal for a collector. */
@Injectable()
export class StreamEvents {
  constructor(
    private readonly keyring: Keyring,
    private readonly registry: JournalRegistry,
    private readonly seals: AuditSealService,
  ) {}

  ofLine(line: AuditEventEntity): StreamEvent {
    return eventOfLine(line, this.registry.eventOf(line.name), isMarked(line, this.keyring));
  }

  /** Converts the last seal; nothing before the first one. */
  async ofHead(at: Date): Promise<StreamEvent | undefined> {
    const { head } = await this.seals.state();
    return head ? eventOfHead(head, at) : undefined;
  }
}
