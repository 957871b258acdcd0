import { Column, Entity, Index, PrimaryColumn, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '../entity.repository';

/** A running process and the ids of its keys. No key is stored. */
@Entity('keyAnnouncement')
@Index('keyAnnouncementAge', ['announcedAt'])
export class KeyAnnouncementEntity {
  /** Id of one run of the process: a restart has another. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Name of the process in the log. */
  @Column({ type: 'varchar', length: 255 })
  instance!: string;

  /** Separated by commas, the current key first. */
  @Column({ type: 'varchar', length: 1000 })
  keyIds!: string;

  @Column({ type: 'datetime', precision: 3 })
  announcedAt!: Date;
}

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
