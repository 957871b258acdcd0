import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { GateAccess, GateRule } from './gate-rule.types';

/** The table `gateRule`. */
@Entity('gateRule')
@Index('gateRuleOfApplication', ['applicationId', 'position'], { unique: true })
export class GateRuleEntity implements GateRule {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** The first that matches decides. */
  @Column({ type: 'int' })
  position!: number;

  @Column({ type: 'simple-json' })
  paths!: string[];

  @Column({ type: 'simple-json' })
  methods!: string[];

  @Column({ type: 'varchar', length: 16 })
  access!: GateAccess;

  @Column({ type: 'simple-json' })
  roles!: string[];

  @Column({ type: 'simple-json' })
  structures!: string[];

  @Column({ type: 'varchar', length: 16, nullable: true })
  acr!: string | null;

  @Column({ type: 'int', nullable: true })
  maxAgeSeconds!: number | null;
}
