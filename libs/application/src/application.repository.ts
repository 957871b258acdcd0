import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, FindOptionsWhere, In, IsNull, MoreThan, Not, Repository } from 'typeorm';
import { ApplicationEntity } from './application.entity';
import { ApplicationStatus, PEOPLE_KINDS } from './application.types';
import { ApplicationSecretEntity } from './secrets/application-secret.repository';

/** Position after which a page of the list begins: a name and an id. */
export interface ApplicationPlace {
  nameKey: string;
  id: string;
}

/** Columns that the gate reads at each request. */
const GATED = {
  id: true,
  kind: true,
  structureId: true,
  redirectUris: true,
  postLogoutRedirectUris: true,
  audienceRoles: true,
  audienceStructures: true,
  audienceProfessions: true,
  scopes: true,
  minAcr: true,
  maxAgeSeconds: true,
  claimNames: true,
  claimMail: true,
  claimGroups: true,
  gateAssertion: true,
  status: true,
  firstSeenAt: true,
  seenFrom: true,
} as const;

/** An application behind the gate, with the columns of a check. */
export type GatedApplication = Pick<ApplicationEntity, keyof typeof GATED>;

/** An application as a client of the provider, with its secrets. */
export type ClientApplication = ApplicationEntity & { secrets: ApplicationSecretEntity[] };

/** The table `application`. */
@Injectable()
export class ApplicationRepository extends EntityRepository<ApplicationEntity> {
  readonly #gatedById = this.loader('id', GATED);
  readonly #client = this.prepared(() => {
    const query = this.of().createQueryBuilder('application').where('application.id = :id');
    const own = 'secret.applicationId = application.id';
    return query.leftJoinAndMapMany('application.secrets', ApplicationSecretEntity, 'secret', own);
  });

  constructor(@InjectRepository(ApplicationEntity) rows: Repository<ApplicationEntity>) {
    super(rows);
  }

  async insert(application: ApplicationEntity, tx: EntityManager): Promise<void> {
    // TypeORM writes columns with a default back into its argument, as the database returns them: 0 for false.
    await this.of(tx).insert({ ...application });
  }

  /** Returns the application in any status. */
  find(id: string, tx?: EntityManager): Promise<ApplicationEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Returns the application with its secrets in any status. One statement. */
  async findClient(id: string): Promise<ClientApplication | null> {
    const [client] = (await this.#client({ id })) as ClientApplication[];
    return client ?? null;
  }

  /** Applications with these ids. */
  findAll(ids: readonly string[]): Promise<ApplicationEntity[]> {
    return this.of().findBy({ id: In(ids) });
  }

  /** Applications with back-channel logout, by name. */
  withBackChannel(): Promise<ApplicationEntity[]> {
    const where = { status: 'active', backchannelLogoutUri: Not(IsNull()) } as const;
    return this.of().find({ where, order: { nameKey: 'ASC', id: 'ASC' } });
  }

  /** Applications that a person can open if the audience allows it, by name. */
  findOpenable(): Promise<ApplicationEntity[]> {
    const where = { status: 'active', kind: In(PEOPLE_KINDS) } as const;
    return this.of().find({ where, order: { nameKey: 'ASC', id: 'ASC' } });
  }

  /** Pages of applications of the whole service and of other structures, in any status: people may be sent there. */
  findPagesOfOthers(structureIds: readonly string[]): Promise<Pick<ApplicationEntity, 'redirectUris'>[]> {
    const kind = In(['web', 'gate']);
    return this.of().find({
      select: { id: true, redirectUris: true },
      where: [
        { kind, structureId: IsNull() },
        { kind, structureId: Not(In(structureIds)) },
      ],
    });
  }

  /** Called at every check of the gate. Returns the application of any kind and status. */
  async findGated(id: string): Promise<GatedApplication | undefined> {
    return (await this.#gatedById(id))[0];
  }

  /** Records the proxy of the first request; of concurrent requests, one is the first. */
  async recordFirstRequest(id: string, seenFrom: string, firstSeenAt: Date): Promise<void> {
    await this.of().update({ id, firstSeenAt: IsNull() }, { firstSeenAt, seenFrom });
  }

  /** Records an untrusted proxy, until a trusted one has sent a request. */
  async recordSuspiciousProxy(id: string, seenFrom: string): Promise<void> {
    await this.of().update({ id, firstSeenAt: IsNull() }, { seenFrom });
  }

  /** By name, after `place`; with `structureIds`, only those of these structures. */
  page(
    structureIds: readonly string[] | null | undefined,
    place: ApplicationPlace | undefined,
    limit: number,
  ): Promise<ApplicationEntity[]> {
    const of = structureIds ? { structureId: In(structureIds) } : {};
    const where: FindOptionsWhere<ApplicationEntity>[] = place
      ? [
          { ...of, nameKey: MoreThan(place.nameKey) },
          { ...of, nameKey: place.nameKey, id: MoreThan(place.id) },
        ]
      : [of];
    return this.of().find({ where, order: { nameKey: 'ASC', id: 'ASC' }, take: limit });
  }

  /** Active applications with neither PKCE nor a nonce. */
  withoutPkce(): Promise<ApplicationEntity[]> {
    return this.of().find({ where: { status: 'active', pkce: 'off' }, order: { nameKey: 'ASC', id: 'ASC' } });
  }

  /** Returns `false` when it has this status already, or does not exist. */
  async setStatus(
    id: string,
    status: ApplicationStatus,
    updatedAt: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    const next = { status, updatedAt, version: () => 'version + 1' };
    return exactlyOne(await this.of(tx).update({ id, status: Not(status) }, next));
  }

  /** Changes the application if it has this version. One of several concurrent callers succeeds. */
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
