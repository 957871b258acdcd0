import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationOrigin`: which application behind the gate stands at an origin. The key lets one hold it. */
@Entity('applicationOrigin')
@Index('applicationOriginOfApplication', ['applicationId'])
export class ApplicationOriginEntity {
  /** `https://app.example`, without a default port. */
  @PrimaryColumn({ type: 'varchar', length: 300 })
  origin!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;
}
