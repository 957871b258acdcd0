import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The requirement of a rule: `public` has none; `signed-in` requires a user who fulfils its conditions; `closed` refuses.
 */
export const GATE_ACCESS = ['public', 'signed-in', 'closed'] as const;
export type GateAccess = (typeof GATE_ACCESS)[number];

/**
 * One rule of an application behind the gate. Paths and methods select its requests; the other fields are conditions on the
 * user. The first rule that matches decides, even when the user does not fulfil it and a later rule is laxer.
 */
export interface GateRule {
  /** Prefixes by whole segments, in canonical form: `/admin` is for `/admin` and `/admin/x`, not `/administrator`. */
  paths: string[];
  /** Empty: every method. `GET` is for `HEAD` too. */
  methods: string[];
  access: GateAccess;
  /** One of these is needed; empty: any. */
  roles: string[];
  /** Ids of structures, one of which the user must belong to; empty: any. */
  structures: string[];
  /** The level that the session has at least; null: the application's own. */
  acr: string | null;
  /** How old the proof of that level may be; null: the application's own. */
  maxAgeSeconds: number | null;
}

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

/** The table `gateRule`: the rules of each application, in their order. */
@Injectable()
export class GateRuleRepository extends EntityRepository<GateRuleEntity> {
  readonly #byApplication = this.loader('applicationId');

  constructor(@InjectRepository(GateRuleEntity) rows: Repository<GateRuleEntity>) {
    super(rows);
  }

  /** In their order. Sorted here: rows of texts would be sorted in a temporary table, at every check of the gate. */
  async list(applicationId: string, tx?: EntityManager): Promise<GateRuleEntity[]> {
    const rules = await (tx ? this.of(tx).findBy({ applicationId }) : this.#byApplication(applicationId));
    return [...rules].sort((one, other) => one.position - other.position);
  }

  /** Replaces all rules of an application. The caller's guard on the application serialises callers. */
  async replace(applicationId: string, rules: readonly GateRuleEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ applicationId });
    if (rules.length > 0) await this.of(tx).insert([...rules]);
  }
}
