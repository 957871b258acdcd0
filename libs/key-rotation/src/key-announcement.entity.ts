import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

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
