import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The hits of one key in the current window. */
@Entity('rateLimit')
@Index('rateLimitEnd', ['windowEndsAt'])
export class RateLimitEntity {
  /** SHA-256 of the limit's name and the key: no address or number is stored. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'int' })
  hits!: number;

  @Column({ type: 'datetime', precision: 3 })
  windowEndsAt!: Date;
}
