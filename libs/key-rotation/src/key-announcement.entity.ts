import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A process that runs, and the ids of the keys it has. No key stands here. */
@Entity('keyAnnouncement')
@Index('keyAnnouncementAge', ['announcedAt'])
export class KeyAnnouncementEntity {
  /** Of one run of the process: a restart is another. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** What the process is called in the log. */
  @Column({ type: 'varchar', length: 255 })
  instance!: string;

  /** Separated by commas, the one that makes first. */
  @Column({ type: 'varchar', length: 1000 })
  keyIds!: string;

  @Column({ type: 'datetime', precision: 3 })
  announcedAt!: Date;
}
