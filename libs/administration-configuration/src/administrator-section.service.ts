import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService, isPrivileged } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { InvitationService } from '@portillon/recovery';
import {
  AccountEditEffectsService,
  accountTaken,
  AdministeredAccountService,
  isNational,
} from '@portillon/user-management';
import type { Role } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';
import type { AdministratorEntry } from './configuration.dto';
import { ConfiguredMembershipsService } from './configured-memberships.service';
import { wrongEntry } from './configuration.errors';
import { asked, fieldChanges } from './configuration.types';
import type { AppliedEntry, ConfiguredSection, FieldChange, SecretReader } from './configuration.types';
import { StructureSectionService } from './structure-section.service';

const BY = 'command-line';

/**
 * Applies the file's administrators, by user name: invites those without an account. For an existing account it sets
 * roles and structure only; name, address and language are its holder's.
 */
@Injectable()
export class AdministratorSectionService implements ConfiguredSection<AdministratorEntry> {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly invitations: InvitationService,
    private readonly administered: AdministeredAccountService,
    private readonly effects: AccountEditEffectsService,
    private readonly structures: StructureSectionService,
    private readonly places: ConfiguredMembershipsService,
    private readonly audit: AuditService,
  ) {}

  async apply(entry: AdministratorEntry, _secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const roles: Role[] = entry.roles ?? [];
    const { memberships = [], ...rest } = entry;
    if (!isPrivileged([...roles, ...memberships.flatMap((one) => one.roles ?? [])]))
      throw wrongEntry('roles', 'administrator-role');
    const structureId = await this.structures.ownerOf(entry.structure, tx);
    if (roles.includes('structure-admin') && !structureId) throw wrongEntry('structure', 'structure-unknown');
    const found = await this.accounts.findByUsername(entry.username, tx);
    if (!found) {
      const { id } = await this.#invite({ ...rest, roles }, structureId, tx);
      await this.places.apply(id, memberships, true, tx);
      return { id, name: entry.username, kind: 'created', fields: [] };
    }
    const given = await this.#give(found, { roles, structureId }, tx);
    const fields = [...given, ...(await this.places.apply(found.id, memberships, false, tx))];
    const kind = fields.length > 0 ? 'changed' : 'left-alone';
    return { id: found.id, name: entry.username, kind, fields };
  }

  async export(): Promise<AdministratorEntry[]> {
    const entries: AdministratorEntry[] = [];
    for (const account of await this.accounts.administrators()) {
      const { username, email, displayName, givenName, familyName, locale, roles } = account;
      const structure = await this.structures.textOf(account.structure?.id ?? null);
      const names = { ...(givenName && { givenName }), ...(familyName && { familyName }) };
      const memberships = await this.places.export(account);
      const placed = memberships.length > 0 && { memberships };
      entries.push({
        ...{ username, email, displayName, ...names, roles: roles as Role[], structure, locale },
        ...placed,
      });
    }
    return entries;
  }

  async #invite(
    { structure: _structure, roles, ...entry }: Omit<AdministratorEntry, 'memberships'> & { roles: Role[] },
    structureId: string | null,
    tx: EntityManager,
  ): Promise<Account> {
    const draft = { ...entry, roles, structureId, status: 'INVITED' } as const;
    const created = await this.accounts.create(draft, tx);
    if (created.status !== 'created') throw accountTaken(created.status);
    const { account } = created;
    await this.invitations.send(account, { id: null }, tx);
    const data = { roles, by: BY } as const;
    await this.audit.record(
      { name: 'user_created', outcome: 'SUCCESS', accountId: account.id, structureId, data },
      tx,
    );
    return account;
  }

  /** Applies immediately, since the caller has the server's shell: no second administrator confirms it. */
  async #give(
    found: Account,
    wanted: { roles: Role[]; structureId: string | null },
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    if (found.status === 'DEACTIVATED') throw wrongEntry('username', 'account-closed');
    const before = { roles: found.roles, structureId: found.structure?.id ?? null };
    const changes = fieldChanges(before, wanted);
    if (changes.length === 0) return changes;
    if (!isNational(wanted.roles)) await this.administered.requireOtherAdministrator(found, tx);
    const { status } = await this.administration.edit(found.id, asked(changes), found.version, tx);
    if (status !== 'edited') throw new AppError('precondition.failed');
    await this.effects.applyRights(found, tx);
    await this.#recordRights(found, wanted, changes, tx);
    return this.#inWords(changes, tx);
  }

  #recordRights(
    { id: accountId, structure }: Account,
    wanted: { roles: Role[]; structureId: string | null },
    changes: FieldChange[],
    tx: EntityManager,
  ): Promise<void> {
    const fields = changes.map(({ field }) => field as 'roles' | 'structureId');
    const data = { ...wanted, fields, by: BY } as const;
    const structureId = structure?.id ?? null;
    const name = fields.includes('roles') ? 'privilege_permissions_changed' : 'user_updated';
    return this.audit.record({ name, outcome: 'SUCCESS', accountId, structureId, data }, tx);
  }

  /** A structure as files name it. */
  async #inWords(changes: FieldChange[], tx: EntityManager): Promise<FieldChange[]> {
    const words: FieldChange[] = [];
    for (const change of changes) {
      if (change.field !== 'structureId') words.push(change);
      else
        words.push({
          field: 'structure',
          from: await this.structures.textOf(change.from as string | null, tx),
          to: await this.structures.textOf(change.to as string | null, tx),
        });
    }
    return words;
  }
}
