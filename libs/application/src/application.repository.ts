import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, FindOptionsWhere, In, IsNull, MoreThan, Not, Repository } from 'typeorm';
import { ApplicationEntity } from './application.entity';
import { ApplicationStatus, PEOPLE_KINDS } from './application.types';
import { ApplicationSecretEntity } from './secrets/application-secret.entity';

/** Where a page of the list begins: after this name and id. */
export interface ApplicationPlace {
  nameKey: string;
  id: string;
}

/** What the gate asks of an application at each request. */
const GATED = {
  id: true,
  kind: true,
  structureId: true,
  redirectUris: true,
  postLogoutRedirectUris: true,
  audienceRoles: true,
  audienceStructures: true,
  audienceProfessions: true,
  minAcr: true,
  maxAgeSeconds: true,
  claimNames: true,
  claimMail: true,
  claimGroups: true,
  gateAssertion: true,
  status: true,
  firstSeenAt: true,
} as const;

/** Of an application for which no request came yet: by what one is known to be for it. */
const AWAITED = { id: true, kind: true, redirectUris: true, seenFrom: true } as const;

/** An application behind the gate, as far as a check asks. */
export type GatedApplication = Pick<ApplicationEntity, keyof typeof GATED>;

/** An application behind the gate for which no request came yet. */
export type AwaitedApplication = Pick<ApplicationEntity, keyof typeof AWAITED>;

/** An application as a client of the provider: with its secrets, by which it may prove itself. */
export type ClientApplication = ApplicationEntity & { secrets: ApplicationSecretEntity[] };

/** The table `application`. */
@Injectable()
export class ApplicationRepository extends EntityRepository<ApplicationEntity> {
  readonly #gatedById = this.loader('id', GATED);

  constructor(@InjectRepository(ApplicationEntity) rows: Repository<ApplicationEntity>) {
    super(rows);
  }

  async insert(application: ApplicationEntity, tx: EntityManager): Promise<void> {
    // TypeORM writes columns with a default back into what it was given, as the database has them: 0 for false.
    await this.of(tx).insert({ ...application });
  }

  /** Whatever its status. */
  find(id: string, tx?: EntityManager): Promise<ApplicationEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** With its secrets, in one statement. Whatever its status. */
  async findClient(id: string): Promise<ClientApplication | null> {
    const query = this.of().createQueryBuilder('application').where({ id });
    const own = 'secret.applicationId = application.id';
    query.leftJoinAndMapMany('application.secrets', ApplicationSecretEntity, 'secret', own);
    return (await query.getOne()) as ClientApplication | null;
  }

  /** Those of these ids. */
  findAll(ids: readonly string[]): Promise<ApplicationEntity[]> {
    return this.of().findBy({ id: In(ids) });
  }

  /** Those that receive back-channel logout, by name. */
  withBackChannel(): Promise<ApplicationEntity[]> {
    const where = { status: 'active', backchannelLogoutUri: Not(IsNull()) } as const;
    return this.of().find({ where, order: { nameKey: 'ASC', id: 'ASC' } });
  }

  /** All that a person can open if their audience says so, by name. */
  openable(): Promise<ApplicationEntity[]> {
    const where = { status: 'active', kind: In(PEOPLE_KINDS) } as const;
    return this.of().find({ where, order: { nameKey: 'ASC', id: 'ASC' } });
  }

  /** Pages of the whole service and of other structures, whatever their status: where their people are sent. */
  pagesBeyond(structureId: string): Promise<Pick<ApplicationEntity, 'redirectUris'>[]> {
    const kind = In(['web', 'gate']);
    return this.of().find({
      select: { id: true, redirectUris: true },
      where: [
        { kind, structureId: IsNull() },
        { kind, structureId: Not(structureId) },
      ],
    });
  }

  /** For every check of the gate: whatever its kind and status. */
  async findGated(id: string): Promise<GatedApplication | undefined> {
    return (await this.#gatedById(id))[0];
  }

  /** Those behind the gate that are active. */
  gated(): Promise<GatedApplication[]> {
    return this.of().find({ select: GATED, where: { status: 'active', kind: 'gate' } });
  }

  /** Those behind the gate for which no request was answered yet. */
  awaited(): Promise<AwaitedApplication[]> {
    const where = { status: 'active', kind: 'gate', firstSeenAt: IsNull() } as const;
    return this.of().find({ select: AWAITED, where });
  }

  /** Notes the proxy that asked first; of several requests that come at once, one is the first. */
  async recordFirstRequest(id: string, seenFrom: string, firstSeenAt: Date): Promise<void> {
    await this.of().update({ id, firstSeenAt: IsNull() }, { firstSeenAt, seenFrom });
  }

  /** Notes a proxy that is not believed, while none that is has asked. */
  async recordSuspiciousProxy(id: string, seenFrom: string): Promise<void> {
    await this.of().update({ id, firstSeenAt: IsNull() }, { seenFrom });
  }

  /** By name, after `place`; with `structureId`, those of that structure alone. */
  page(
    structureId: string | undefined,
    place: ApplicationPlace | undefined,
    limit: number,
  ): Promise<ApplicationEntity[]> {
    const of = structureId === undefined ? {} : { structureId };
    const where: FindOptionsWhere<ApplicationEntity>[] = place
      ? [
          { ...of, nameKey: MoreThan(place.nameKey) },
          { ...of, nameKey: place.nameKey, id: MoreThan(place.id) },
        ]
      : [of];
    return this.of().find({ where, order: { nameKey: 'ASC', id: 'ASC' }, take: limit });
  }

  /** Those that are active and send neither PKCE nor a nonce. */
  withoutPkce(): Promise<ApplicationEntity[]> {
    return this.of().find({ where: { status: 'active', pkce: 'off' }, order: { nameKey: 'ASC', id: 'ASC' } });
  }

  /** `false` when it has this status already, or is not there. */
  async setStatus(
    id: string,
    status: ApplicationStatus,
    updatedAt: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    const next = { status, updatedAt, version: () => 'version + 1' };
    return exactlyOne(await this.of(tx).update({ id, status: Not(status) }, next));
  }

  /** Changes it while it has this version: of several who saw the same one, one does. */
  async change(
    id: string,
    version: number,
    changes: Partial<ApplicationEntity>,
    tx: EntityManager,
  ): Promise<boolean> {
    const next = { ...changes, version: version + 1 };
    return exactlyOne(await this.of(tx).update({ id, version }, next));
  }
}
