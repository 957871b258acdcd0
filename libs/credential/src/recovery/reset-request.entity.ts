import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `resetRequest`: who asked for a new password and was not looked up yet. */
@Entity('resetRequest')
export class ResetRequestEntity {
  /** UUIDv7: the order of the ids is that of the asking. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Readable with the deployment's key only: people type their password in the wrong field. */
  @Column({ type: 'text' })
  sealedRequest!: string;
}
