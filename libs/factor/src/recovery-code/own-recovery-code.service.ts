import { Injectable } from '@nestjs/common';
import { EnrolmentProofService } from '@portillon/auth';
import { SecurityChangeService } from '@portillon/access';
import { RecoveryCodeService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Session } from '@portillon/session';

const CREATED = { event: 'recovery_codes_created', notice: 'recovery-codes-created' } as const;
const ENDED = { event: 'recovery_codes_ended', notice: 'recovery-codes-ended' } as const;

/** The recovery codes of the signed-in user, who creates and deletes them. */
@Injectable()
export class OwnRecoveryCodeService {
  constructor(
    private readonly proofs: EnrolmentProofService,
    private readonly codes: RecoveryCodeService,
    private readonly changes: SecurityChangeService,
  ) {}

  /** Creates a new set, which replaces the previous one. @throws AppError as {@link EnrolmentProofService.require} */
  async create(session: Session, password: string | undefined, client: Client): Promise<string[]> {
    const { id } = await this.proofs.require(session, password, client);
    return this.changes.run(session, async (tx) => {
      const codes = await this.codes.replace(id, tx);
      await this.changes.complete(session, CREATED, client, tx);
      return codes;
    });
  }

  /** @throws AppError `not-found` when the account has none */
  async end(session: Session, client: Client): Promise<void> {
    await this.changes.run(session, async (tx) => {
      if (!(await this.codes.end(session.accountId, tx))) throw new AppError('not-found');
      await this.changes.complete(session, ENDED, client, tx);
    });
  }
}
