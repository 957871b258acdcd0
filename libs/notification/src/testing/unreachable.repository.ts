import type { EntityManager, Repository } from 'typeorm';
import type { NotificationEntity } from '../notification.entity';
import { NotificationRepository } from '../notification.repository';

/** A repository that can be switched off, to simulate a dead server or process. */
export class UnreachableRepository extends NotificationRepository {
  away = false;

  protected override of(tx?: EntityManager): Repository<NotificationEntity> {
    if (this.away) throw new Error('the database is away');
    return super.of(tx);
  }
}
