import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditStreamRepository } from './audit-stream.repository';

/** How far the journal is at the collector, whichever process sends it. */
@Injectable()
export class AuditStreamStateService {
  constructor(
    private readonly places: AuditStreamRepository,
    private readonly events: AuditEventRepository,
    private readonly clock: Clock,
  ) {}

  /** How long the oldest sealed line that the collector has not got has waited; 0 when there is none. */
  async waitingMs(): Promise<number> {
    const [oldest] = await this.events.sealed(await this.places.place(), 1);
    return oldest ? Math.max(0, this.clock.now().getTime() - oldest.happenedAt.getTime()) : 0;
  }
}
