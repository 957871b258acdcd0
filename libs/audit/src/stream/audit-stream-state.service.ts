import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditStreamRepository } from './audit-stream.repository';

/** Progress of the stream, whichever process sends. */
@Injectable()
export class AuditStreamStateService {
  constructor(
    private readonly places: AuditStreamRepository,
    private readonly events: AuditEventRepository,
    private readonly clock: Clock,
  ) {}

  /** Waiting time of the oldest sealed line that the collector lacks, milliseconds; 0 when there is none. */
  async waitingMs(): Promise<number> {
    const [oldest] = await this.events.sealed(await this.places.place(), 1);
    return oldest ? Math.max(0, this.clock.now().getTime() - oldest.happenedAt.getTime()) : 0;
  }
}
