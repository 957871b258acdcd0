import { ApiProperty } from '@nestjs/swagger';
import type { PendingChange, PendingChangeKind } from '@portillon/account';
import { erasureWish } from '@portillon/personal-data';

class AdminRequester {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Nadia Roux',
    description: 'null: erased since, or an application.',
  })
  displayName!: string | null;
}

/** What waits is told whole, since who confirms it judges it. */
class AdminPendingChange {
  @ApiProperty({ type: AdminRequester, description: 'The administrator who asked: another one confirms it.' })
  requestedBy!: AdminRequester;

  @ApiProperty({ format: 'date-time' })
  requestedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Then it takes effect, unless it is cancelled.' })
  effectiveAt!: string;
}

export class AdminPendingEmail extends AdminPendingChange {
  @ApiProperty({ example: 'claire.durand@hopital.example' })
  email!: string;
}

export class AdminPendingIdentity extends AdminPendingChange {
  @ApiProperty({ example: '899700366240', description: 'idNat_PS, of the card or e-CPS.' })
  nationalId!: string;
}

export class AdminPendingRoles extends AdminPendingChange {
  @ApiProperty({ type: [String], example: ['professional', 'structure-admin'] })
  roles!: string[];
}

export class AdminPendingErasure extends AdminPendingChange {
  @ApiProperty({ example: '2026-11-20', description: 'The day when the person’s request came.' })
  receivedOn!: string;

  @ApiProperty({ example: 'Lettre recommandée' })
  reason!: string;
}

/** What waits for an account, with who asked. */
export interface PendingContext {
  pendingChanges: readonly PendingChange[];
  /** How the administrators who asked for them, or attested the identity, are called, by id. */
  administrators: ReadonlyMap<string, { displayName: string }>;
}

interface PendingViews {
  pendingEmail: AdminPendingEmail | null;
  pendingIdentity: AdminPendingIdentity | null;
  pendingRoles: AdminPendingRoles | null;
  pendingErasure: AdminPendingErasure | null;
}

export function pendingViews({ pendingChanges, administrators }: PendingContext): PendingViews {
  const view = <T extends object>(kind: PendingChangeKind, shown: (value: string) => T) => {
    const pending = pendingChanges.find((one) => one.kind === kind);
    return pending ? { ...shown(pending.value), ...requestView(pending, administrators) } : null;
  };
  return {
    pendingEmail: view('email', (email) => ({ email })),
    pendingIdentity: view('identity', (nationalId) => ({ nationalId })),
    pendingRoles: view('roles', (roles) => ({ roles: roles.split(' ') })),
    pendingErasure: view('erasure', erasureWish),
  };
}

function requestView(
  pending: PendingChange,
  administrators: PendingContext['administrators'],
): AdminPendingChange {
  const { requestedBy: id, requestedAt, effectiveAt } = pending;
  return {
    requestedBy: { id, displayName: administrators.get(id)?.displayName ?? null },
    requestedAt: requestedAt.toISOString(),
    effectiveAt: effectiveAt.toISOString(),
  };
}
