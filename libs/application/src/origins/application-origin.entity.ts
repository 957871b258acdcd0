import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationOrigin`: the application behind the gate of each origin. The key allows one. */
@Entity('applicationOrigin')
@Index('applicationOriginOfApplication', ['applicationId'])
export class ApplicationOriginEntity {
  /** `https://app.example`, without a default port. */
  @PrimaryColumn({ type: 'varchar', length: 300 })
  origin!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;
}
