import { ApiProperty } from '@nestjs/swagger';
import { erasureRequestOf, PENDING_CHANGE_KINDS } from '@portillon/account';
import type { PendingChange, PendingChangeKind } from '@portillon/account';

class AdminRequester {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Nadia Roux',
    description: 'Null: the account is erased, or the actor is an application.',
  })
  displayName!: string | null;
}

/** What waits is shown whole, since the administrator who confirms it judges it. */
export class AdminPendingChange {
  @ApiProperty({ enum: PENDING_CHANGE_KINDS, enumName: 'PendingChangeKind' })
  kind!: PendingChangeKind;

  @ApiProperty({
    example: 'claire.durand@hopital.example',
    description:
      'The new value: the mail address, the idNat_PS of the card or e-CPS, the roles separated by spaces, the day of the request for erasure, or the id of the structure that is to manage the account.',
  })
  value!: string;

  @ApiProperty({ type: String, nullable: true, description: 'For an erasure: how the request arrived.' })
  reason!: string | null;

  @ApiProperty({ type: AdminRequester, description: 'The requester; another administrator confirms.' })
  requestedBy!: AdminRequester;

  @ApiProperty({ format: 'date-time' })
  requestedAt!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When it takes effect, unless it is cancelled; a hand-over lapses then.',
  })
  effectiveAt!: string;
}

/** The waiting changes of an account, with their requesters. */
export interface PendingContext {
  pendingChanges: readonly PendingChange[];
  /** How the administrators who asked for them, or attested the identity, are called, by id. */
  administrators: ReadonlyMap<string, { displayName: string }>;
}

export function pendingViews({ pendingChanges, administrators }: PendingContext): AdminPendingChange[] {
  return pendingChanges.map(({ kind, value, requestedBy: id, requestedAt, effectiveAt }) => {
    const wish = kind === 'erasure' ? erasureRequestOf(value) : undefined;
    return {
      kind,
      value: wish?.receivedOn ?? value,
      reason: wish?.reason ?? null,
      requestedBy: { id, displayName: administrators.get(id)?.displayName ?? null },
      requestedAt: requestedAt.toISOString(),
      effectiveAt: effectiveAt.toISOString(),
    };
  });
}
