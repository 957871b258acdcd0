import type { EntityManager, Repository } from 'typeorm';
import type { NotificationEntity } from '../notification.entity';
import { NotificationRepository } from '../notification.repository';

/** The same table, with a way to be away, as when the server is gone or the process is. */
export class UnreachableRepository extends NotificationRepository {
  away = false;

  protected override of(tx?: EntityManager): Repository<NotificationEntity> {
    if (this.away) throw new Error('the database is away');
    return super.of(tx);
  }
}
