import { Injectable } from '@nestjs/common';
import {
  addMilliseconds,
  AppError,
  Clock,
  findAnswer,
  FindingSource,
  MINUTE,
  PresentedCertificate,
  FindingOf,
  SECOND,
} from '@portillon/kernel';
import type { Finding } from '@portillon/kernel';
import { readFile } from 'node:fs/promises';
import { DatabaseHealthRepository } from '../database/database-health.repository';
import type { Durability } from '../database/database-health.repository';
import { WriteProbe } from '../database/write-probe.service';
import { MigratorService } from '../migrator.service';
import { MOST_PREPARED } from '../mysql/server.data-source';
import { SchemaService } from '../schema/schema.service';

/** How long a refused write counts as a full disk. The probe does not find that: existing pages still have space. */
const FULL_MS = MINUTE;

/** Whether the database answers, takes a row, and had space for recent writes. */
@Injectable()
export class DatabaseFindings implements FindingSource {
  readonly subject = 'database';
  #refusals = 0;
  #fullUntil?: Date;

  constructor(
    private readonly database: DatabaseHealthRepository,
    private readonly probe: WriteProbe,
    private readonly clock: Clock,
  ) {}

  find() {
    return findAnswer('DATABASE_URL', () => this.#check());
  }

  async certificates(): Promise<PresentedCertificate[]> {
    const certificate = await this.database.certificate();
    return certificate ? [{ setting: 'DATABASE_URL', ...certificate }] : [];
  }

  async #check(): Promise<void> {
    if (await this.database.isReadOnly())
      throw new AppError('service.busy', { detail: 'the database is read-only' });
    await this.probe.write();
    if (this.#wasFull()) throw new AppError('service.busy', { detail: 'the database is full' });
  }

  #wasFull(): boolean {
    const now = this.clock.now();
    const refusals = this.database.fullRefusals();
    if (refusals > this.#refusals) this.#fullUntil = addMilliseconds(now, FULL_MS);
    this.#refusals = refusals;
    return this.#fullUntil !== undefined && now < this.#fullUntil;
  }
}

declare module '@portillon/kernel' {
  interface FindingValues {
    /** How far this process is ahead of the database; null: the embedded engine has no separate clock. */
    clock: { aheadMs: number | null };
  }
}

/** Reasons for which an acknowledged commit may be lost, or answered as if it were. */
export const COMMIT_RISKS = ['flush', 'binary-log', 'quorum', 'few-nodes', 'old-primary'] as const;
export type CommitRisk = (typeof COMMIT_RISKS)[number];

declare module '@portillon/kernel' {
  interface FindingValues {
    /** `node`: the node of the cluster that all processes use; null without such a cluster. */
    durability: { risks: CommitRisk[]; node: string | null };
  }
}

const RISKS: Record<CommitRisk, { text: string; advice: string }> = {
  flush: {
    text: 'a power loss takes back acknowledged commits: innodb_flush_log_at_trx_commit is not 1',
    advice: 'write innodb_flush_log_at_trx_commit = 1 in the configuration of each database server',
  },
  'binary-log': {
    text: 'a power loss takes back acknowledged commits: the binary log is on, and sync_binlog is not 1',
    advice: 'write sync_binlog = 1 in the configuration of each database server',
  },
  quorum: {
    text: 'this node of the cluster has lost its quorum',
    advice: 'see "All nodes of the database crashed" in runbook.md',
  },
  'few-nodes': {
    text: 'when one more node of the cluster fails, the rest refuses every statement',
    advice: 'bring the missing node back: three nodes, or two and an arbitrator (garbd)',
  },
  'old-primary': {
    text: 'after a failover, the new primary may answer from before the last commits',
    advice: "set group_replication_consistency = 'BEFORE_ON_PRIMARY_FAILOVER' on each node",
  },
};
const ENOUGH_NODES = 3;

/** Whether what the database acknowledges lasts, by its settings and the state of its cluster. */
@Injectable()
export class DurabilityFindings implements FindingSource {
  readonly subject = 'durability';

  constructor(private readonly database: DatabaseHealthRepository) {}

  async find(): Promise<FindingOf<'durability'>> {
    const [finding] = await this.#all();
    return finding!;
  }

  check(): Promise<Finding[]> {
    return this.#all();
  }

  /** One finding for each risk, the gravest first; each has the values of all. */
  async #all(): Promise<FindingOf<'durability'>[]> {
    const found = await this.database.durability();
    const risks = found ? risksOf(found) : [];
    const node = found?.hasSeveralWriters ? await this.database.node() : null;
    const values = { risks, node };
    if (risks.length > 0)
      return risks.map((risk) => ({
        state: risk === 'few-nodes' ? 'warning' : 'failing',
        ...RISKS[risk],
        values,
      }));
    const text = 'each acknowledged commit is on the disk';
    return [
      { state: 'well', text: node ? `${text}; of ${found!.nodes} nodes, ${node} is used` : text, values },
    ];
  }
}

function risksOf(found: Durability): CommitRisk[] {
  const isAtRisk: Record<CommitRisk, boolean> = {
    flush: !found.flushesEachCommit,
    'binary-log': !found.syncsBinaryLog,
    quorum: found.hasQuorum === false,
    'few-nodes': found.nodes !== undefined && found.nodes < ENOUGH_NODES,
    'old-primary': found.readsOldPrimary,
  };
  return COMMIT_RISKS.filter((risk) => isAtRisk[risk]);
}

/** Above this, one instance ends a code or a session that another still accepts. */
const MOST_MS = SECOND;

/** Above this, people whose requests reach several instances are refused. */
const UNUSABLE_MS = 5 * SECOND;

/** Compares the clock of this process with that of the database, which all instances share. */
@Injectable()
export class ClockFindings implements FindingSource {
  readonly subject = 'clock';

  constructor(
    private readonly clock: Clock,
    private readonly database: DatabaseHealthRepository,
  ) {}

  async find(): Promise<FindingOf<'clock'>> {
    const before = this.clock.now().getTime();
    const theirs = await this.database.time();
    if (!theirs) return { state: 'off', text: 'the clock of this machine only', values: { aheadMs: null } };
    const aheadMs = Math.round((before + this.clock.now().getTime()) / 2 - theirs.getTime());
    const found = {
      text: `this machine is ${aheadMs / SECOND} s ahead of the database`,
      values: { aheadMs },
    };
    const distance = Math.abs(aheadMs);
    if (distance <= MOST_MS) return { state: 'well', ...found };
    const state = distance > UNUSABLE_MS ? 'failing' : 'warning';
    return { state, ...found, advice: 'have both keep time by NTP' };
  }
}

const NEARLY = 0.8;

/** Compares the open prepared statements with the server's limit. At the limit most requests fail. */
@Injectable()
export class PreparedStatementFindings implements FindingSource {
  readonly subject = 'prepared';

  constructor(private readonly database: DatabaseHealthRepository) {}

  async find(): Promise<Finding> {
    const found = await this.database.preparedStatements();
    if (!found) return { state: 'well', text: 'the embedded engine has no limit of them' };
    const { open, limit } = found;
    const connections = Math.floor(limit / MOST_PREPARED);
    const text = `${open} of ${limit} statements, enough for ${connections} connections`;
    if (open < limit * NEARLY) return { state: 'well', text };
    const advice = 'raise max_prepared_stmt_count of the database server';
    return { state: open < limit ? 'remark' : 'failing', text, advice };
  }
}

const MOST_FAULTS = 5;

/** Whether the tables match this version. */
@Injectable()
export class TableFindings implements FindingSource {
  readonly subject = 'tables';

  constructor(
    private readonly migrator: MigratorService,
    private readonly schema: SchemaService,
  ) {}

  async check(): Promise<Finding[]> {
    const collation = await this.schema.collationFault();
    if (collation) return [{ state: 'failing', text: collation }];
    if (await this.migrator.pending())
      return [{ state: 'failing', text: 'behind this version', advice: 'run "portillon migrate"' }];
    const faults = await this.schema.faults();
    if (faults.length > 0) return [{ state: 'failing', text: faultsText(faults) }];
    return [{ state: 'well', text: 'up to date' }];
  }
}

/** A development build may have run other migrations of the same names. */
export function faultsText(faults: string[]): string {
  const first = faults.slice(0, MOST_FAULTS).join('; ');
  const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : '';
  return (
    `its migrations ran, but ${first}${more}. Its tables were changed by hand, or made by a build that was no release: ` +
    'put back what is named, or restore a backup of a release, then run "portillon migrate". ' +
    'A table may also be missing to the account alone: run what "portillon migrate --grants serve" prints'
  );
}

/** The oldest versions in the tests: those of Debian 12, and MySQL's long-term release. */
const OLDEST = { MariaDB: [10, 11], MySQL: [8, 4], Debian: [12, 0] } as const;

/** Remarks on a database server or a Debian that is older than those in the tests. */
@Injectable()
export class VersionFindings implements FindingSource {
  readonly subject = 'versions';

  constructor(private readonly database: DatabaseHealthRepository) {}

  async check(): Promise<Finding[]> {
    const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
    return olderThanTested(await this.database.version(), osRelease);
  }
}

/** `osRelease`: the text of /etc/os-release, empty where there is none. */
export function olderThanTested(server: string | undefined, osRelease: string): Finding[] {
  const debian = /^ID=debian$/m.test(osRelease) && /^VERSION_ID="?([\d.]+)/m.exec(osRelease)?.[1];
  return [
    ...(server ? older(/mariadb/i.test(server) ? 'MariaDB' : 'MySQL', server) : []),
    ...(debian ? older('Debian', debian) : []),
  ];
}

function older(name: keyof typeof OLDEST, version: string): Finding[] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldestMajor, oldestMinor] = OLDEST[name];
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return [];
  const tried = name === 'Debian' ? oldestMajor : OLDEST[name].join('.');
  const text = `${name} ${version} is older than ${tried}, the oldest tested`;
  return [{ state: 'remark', text, advice: 'upgrade it' }];
}
