import { Inject, Injectable } from '@nestjs/common';
import { AppError, Clock, fromCursor, nameKey, pageSize, Random, toCursor } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidApplication, requireValidClientId } from './application-fields.policy';
import type { ApplicationEntity } from './application.entity';
import { ADDRESS_RULES, OFFERED_AUTH_METHODS, OFFERED_PKCE_RULES } from './application.options';
import type { AddressRules } from './application.options';
import {
  ApplicationPlace,
  ApplicationRepository,
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
import { audienceMemberOf, mayOpen } from './audience.policy';
import { ApplicationOriginRepository } from './origins/application-origin.repository';

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

/** A host name has at most 253 characters. */
const LONGEST_ORIGIN = 300;

/** Manages the registered applications. */
@Injectable()
export class ApplicationService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly origins: ApplicationOriginRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(OFFERED_AUTH_METHODS) private readonly methods: readonly AuthMethod[],
    @Inject(OFFERED_PKCE_RULES) private readonly pkceRules: readonly PkceRule[],
    @Inject(ADDRESS_RULES) private readonly rules: AddressRules,
  ) {}

  /** Creates an application. @throws AppError `validation.failed` naming every invalid field */
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
    await this.#reserveOrigins(application, tx);
    return application;
  }

  /**
   * Changes the given fields.
   *
   * @throws AppError `validation.failed` naming every invalid field
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
    await this.#reserveOrigins({ ...before, ...changes }, tx);
    return { status: 'edited' };
  }

  /**
   * Sets the status. `disabled`: no sign-ins; its tokens and secrets are refused.
   *
   * @returns `false` when it has this status already, or does not exist
   */
  setStatus(id: string, status: ApplicationStatus, tx: EntityManager): Promise<boolean> {
    return this.applications.setStatus(id, status, this.clock.now(), tx);
  }

  /** Returns the application in any status. */
  get(id: string, tx?: EntityManager): Promise<ApplicationEntity | null> {
    return this.applications.find(id, tx);
  }

  getAll(ids: readonly string[]): Promise<ApplicationEntity[]> {
    return this.applications.findAll(ids);
  }

  /** Returns the application with its secrets in any status. One statement. */
  getClient(id: string): Promise<ClientApplication | null> {
    return this.applications.findClient(id);
  }

  /** Called at every check of the gate. Returns the application of any kind and status. */
  getGated(id: string): Promise<GatedApplication | undefined> {
    return this.applications.findGated(id);
  }

  /** Called at every check of the gate without a valid cookie. Returns the active application that holds `origin`. */
  async atOrigin(origin: string): Promise<GatedApplication | undefined> {
    const [holder] = await this.origins.byOrigin(origin);
    const application = holder && (await this.getGated(holder.applicationId));
    return application?.status === 'active' ? application : undefined;
  }

  /**
   * Records the first request for the application that the gate answered, and the proxy that sent it. Later requests
   * change nothing.
   */
  recordFirstRequest(id: string, proxy: string): Promise<void> {
    return this.applications.recordFirstRequest(id, proxy, this.clock.now());
  }

  /** Records an untrusted proxy, until a trusted one has sent a request. */
  recordSuspiciousProxy(id: string, proxy: string): Promise<void> {
    return this.applications.recordSuspiciousProxy(id, proxy);
  }

  /** Applications with back-channel logout, by name. */
  withBackChannel(): Promise<ApplicationEntity[]> {
    return this.applications.withBackChannel();
  }

  /** Active applications that need neither PKCE nor a nonce, by name. */
  withoutPkce(): Promise<ApplicationEntity[]> {
    return this.applications.withoutPkce();
  }

  /** Applications that this person may open, by name. */
  async openableBy(session: Parameters<typeof audienceMemberOf>[0]): Promise<ApplicationEntity[]> {
    const openable = await this.applications.findOpenable();
    return openable.filter((one) => mayOpen(one, audienceMemberOf(session, one)));
  }

  /**
   * Reserves the origins of the redirect addresses of an application behind the gate, also while it is disabled. With two
   * applications at one origin, an administrator of one structure could close the other's, or write its rules.
   *
   * @throws AppError `validation.failed` when another application has one of them
   */
  async #reserveOrigins(
    { id, kind, redirectUris }: Pick<ApplicationEntity, 'id' | 'kind' | 'redirectUris'>,
    tx: EntityManager,
  ): Promise<void> {
    if (kind !== 'gate') return;
    const origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
    if (origins.some((origin) => origin.length > LONGEST_ORIGIN)) throw originRefusal('uri-invalid');
    if (!(await this.origins.reserve(id, origins, tx))) throw originRefusal('origin-taken');
  }

  get #offered() {
    return { methods: this.methods, pkce: this.pkceRules };
  }

  /** Lists applications by name; with `structureIds`, those of these structures. `limit` is limited to 1 to 100. */
  async list(page: {
    structureIds?: readonly string[] | null;
    cursor?: string;
    limit: number;
  }): Promise<ApplicationPage> {
    const limit = pageSize(page.limit);
    const place = page.cursor === undefined ? undefined : placeOf(page.cursor);
    const rows = await this.applications.page(page.structureIds, place, limit + 1);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? toCursor(last.nameKey, last.id) : null };
  }
}

/** Defaults by kind: the authentication method and the scopes. */
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

/** Decodes a cursor. @throws AppError `validation.failed` for an invalid one */
function placeOf(cursor: string): ApplicationPlace {
  const [nameKey, id] = fromCursor(cursor, 2) as [string, string];
  return { nameKey, id };
}

function originRefusal(code: 'uri-invalid' | 'origin-taken'): AppError {
  const message = 'redirectUris is not valid';
  return new AppError('validation.failed', { errors: [{ field: 'redirectUris', code, message }] });
}
