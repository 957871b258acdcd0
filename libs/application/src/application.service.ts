import { Inject, Injectable } from '@nestjs/common';
import { Clock, fromCursor, nameKey, pageSize, Random, toCursor } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidApplication, requireValidClientId } from './application-fields.policy';
import type { ApplicationEntity } from './application.entity';
import { ADDRESS_RULES, OFFERED_AUTH_METHODS, OFFERED_PKCE_RULES } from './application.options';
import type { AddressRules } from './application.options';
import {
  ApplicationPlace,
  ApplicationRepository,
  AwaitedApplication,
  ClientApplication,
  GatedApplication,
} from './application.repository';
import {
  ApplicationDraft,
  ApplicationEdit,
  ApplicationSettings,
  ApplicationStatus,
  AuthMethod,
  PEOPLE_KINDS,
  PkceRule,
} from './application.types';
import { AudienceMember, mayOpen } from './audience.policy';
import { ApplicationOriginService } from './origins/application-origin.service';

export interface ApplicationPage {
  items: ApplicationEntity[];
  nextCursor: string | null;
}

const DEFAULTS: Omit<ApplicationSettings, 'name' | 'authMethod' | 'scopes'> = {
  redirectUris: [],
  postLogoutRedirectUris: [],
  initiateLoginUri: null,
  backchannelLogoutUri: null,
  homeUri: null,
  pkce: 'required',
  jwks: null,
  jwksUri: null,
  tlsSubjectDn: null,
  audienceRoles: [],
  audienceStructures: [],
  audienceProfessions: [],
  minAcr: null,
  maxAgeSeconds: null,
  confirmIdentity: false,
  trusted: false,
  claimsShape: 'plain',
  idTokenAlg: 'RS256',
  claimNames: true,
  claimMail: false,
  claimGroups: false,
  resources: [],
  offlineAccess: false,
  gateAssertion: false,
};

/** The applications behind the gate. */
@Injectable()
export class ApplicationService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly origins: ApplicationOriginService,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(OFFERED_AUTH_METHODS) private readonly methods: readonly AuthMethod[],
    @Inject(OFFERED_PKCE_RULES) private readonly pkceRules: readonly PkceRule[],
    @Inject(ADDRESS_RULES) private readonly rules: AddressRules,
  ) {}

  /** @throws AppError `validation.failed` naming every field that cannot be kept. */
  async create(draft: ApplicationDraft, tx: EntityManager): Promise<ApplicationEntity> {
    const now = this.clock.now();
    const settings = { ...DEFAULTS, ...defaultsOf(draft), ...draft };
    requireValidApplication(settings, this.#offered, this.rules);
    if (draft.id !== undefined) requireValidClientId(draft.id);
    const application: ApplicationEntity = {
      ...settings,
      ...named(draft.name),
      id: draft.id ?? this.random.id(),
      structureId: draft.structureId ?? null,
      status: 'active',
      firstSeenAt: null,
      seenFrom: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await this.applications.insert(application, tx);
    await this.origins.hold(application, tx);
    return application;
  }

  /**
   * Changes what `changes` names; the rest stays.
   * @throws AppError `validation.failed` naming every field that cannot be kept.
   */
  async edit(
    id: string,
    changes: Partial<ApplicationSettings>,
    version: number,
    tx: EntityManager,
  ): Promise<ApplicationEdit> {
    const before = await this.applications.find(id, tx);
    if (!before) return { status: 'missing' };
    requireValidApplication({ ...before, ...changes }, this.#offered, this.rules);
    const name = changes.name === undefined ? {} : named(changes.name);
    const next = { ...changes, ...name, updatedAt: this.clock.now() };
    if (!(await this.applications.change(id, version, next, tx))) return { status: 'moved' };
    await this.origins.hold({ ...before, ...changes }, tx);
    return { status: 'edited' };
  }

  /**
   * `disabled`: it signs no person in, and its tokens and secrets are refused.
   * @returns `false` when it has this status already, or is not there.
   */
  setStatus(id: string, status: ApplicationStatus, tx: EntityManager): Promise<boolean> {
    return this.applications.setStatus(id, status, this.clock.now(), tx);
  }

  /** Whatever its status. */
  get(id: string, tx?: EntityManager): Promise<ApplicationEntity | null> {
    return this.applications.find(id, tx);
  }

  getAll(ids: readonly string[]): Promise<ApplicationEntity[]> {
    return this.applications.findAll(ids);
  }

  /** With its secrets, in one statement. Whatever its status. */
  getClient(id: string): Promise<ClientApplication | null> {
    return this.applications.findClient(id);
  }

  /** For every check of the gate: whatever its kind and status. */
  getGated(id: string): Promise<GatedApplication | undefined> {
    return this.applications.findGated(id);
  }

  /** Those behind the gate that are active. */
  gated(): Promise<GatedApplication[]> {
    return this.applications.gated();
  }

  /** Those behind the gate for which no request was answered yet. */
  awaited(): Promise<AwaitedApplication[]> {
    return this.applications.awaited();
  }

  /**
   * Records the first request for the application that the gate answered, and the proxy that sent it. Later requests
   * change nothing.
   */
  recordFirstRequest(id: string, proxy: string): Promise<void> {
    return this.applications.recordFirstRequest(id, proxy, this.clock.now());
  }

  /** Notes a proxy that is not believed, while none that is has asked. */
  recordSuspiciousProxy(id: string, proxy: string): Promise<void> {
    return this.applications.recordSuspiciousProxy(id, proxy);
  }

  /** Those that receive back-channel logout, by name. */
  withBackChannel(): Promise<ApplicationEntity[]> {
    return this.applications.withBackChannel();
  }

  /** Those that are active and whose requests need neither PKCE nor a nonce, by name. */
  withoutPkce(): Promise<ApplicationEntity[]> {
    return this.applications.withoutPkce();
  }

  /** Those that this person may open, by name. */
  async openableBy(person: AudienceMember): Promise<ApplicationEntity[]> {
    return (await this.applications.openable()).filter((application) => mayOpen(application, person));
  }

  get #offered() {
    return { methods: this.methods, pkce: this.pkceRules };
  }

  /** By name; with `structureId`, those of that structure. `limit` is brought between 1 and 100. */
  async list(page: { structureId?: string; cursor?: string; limit: number }): Promise<ApplicationPage> {
    const limit = pageSize(page.limit);
    const place = page.cursor === undefined ? undefined : placeOf(page.cursor);
    const rows = await this.applications.page(page.structureId, place, limit + 1);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? toCursor(last.nameKey, last.id) : null };
  }
}

/** What depends on the kind: a secret for what runs on a server, and what it may ask for. */
function defaultsOf({ kind }: ApplicationDraft): Pick<ApplicationSettings, 'authMethod' | 'scopes'> {
  const isPublic = kind === 'native' || kind === 'gate';
  return {
    authMethod: isPublic ? 'none' : 'client_secret_basic',
    scopes: PEOPLE_KINDS.includes(kind) ? ['openid', 'profile'] : [],
  };
}

function named(name: string): Pick<ApplicationEntity, 'name' | 'nameKey'> {
  return { name: name.trim(), nameKey: nameKey(name) };
}

/** @throws AppError `validation.failed` when no page gave this cursor. */
function placeOf(cursor: string): ApplicationPlace {
  const [nameKey, id] = fromCursor(cursor, 2) as [string, string];
  return { nameKey, id };
}
