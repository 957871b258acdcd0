import { Injectable } from '@nestjs/common';
import { AuditStatisticsService, dayOf, EntryFigures } from '@portillon/audit';
import { Clock, DAY, shift } from '@portillon/kernel';
import type { Administrator } from '../core/administrator.types';
import { AdministeredApplicationService } from './administered-application.service';

const DAYS = 30;

/** Who came to an application lately. */
@Injectable()
export class ApplicationStatisticsService {
  constructor(
    private readonly administered: AdministeredApplicationService,
    private readonly statistics: AuditStatisticsService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not-found` for an application out of reach */
  async of(administrator: Administrator, id: string): Promise<EntryFigures[]> {
    const application = await this.administered.get(administrator, id);
    const now = this.clock.now();
    return this.statistics.ofApplication(application.id, dayOf(shift(now, (1 - DAYS) * DAY)), dayOf(now));
  }
}
