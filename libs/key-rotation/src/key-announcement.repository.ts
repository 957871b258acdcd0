import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { KeyAnnouncementEntity } from './key-announcement.entity';

/** The table `keyAnnouncement`. */
@Injectable()
export class KeyAnnouncementRepository extends EntityRepository<KeyAnnouncementEntity> {
  constructor(@InjectRepository(KeyAnnouncementEntity) rows: Repository<KeyAnnouncementEntity>) {
    super(rows);
  }

  /** Inserts or updates an announcement. */
  async put(announcement: KeyAnnouncementEntity): Promise<void> {
    await this.of().upsert(announcement, ['id']);
  }

  findAnnouncedAfter(time: Date): Promise<KeyAnnouncementEntity[]> {
    return this.of().find({ where: { announcedAt: MoreThan(time) }, order: { instance: 'ASC', id: 'ASC' } });
  }

  async remove(id: string): Promise<void> {
    await this.of().delete({ id });
  }

  async removeAnnouncedUntil(time: Date): Promise<void> {
    await this.of().delete({ announcedAt: LessThanOrEqual(time) });
  }
}
