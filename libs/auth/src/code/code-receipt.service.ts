import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { Receipt } from '@portillon/notification';
import { OtpPurpose, OtpService } from '@portillon/otp';
import { PendingSignInService } from '@portillon/session';
import type { Session } from '@portillon/session';

const UNKNOWN: Receipt = { delivery: 'unconfirmed', at: null };

/** The delivery state of the latest code's message, which has the id of its challenge. */
@Injectable()
export class CodeReceiptService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly otp: OtpService,
    private readonly notifications: NotificationService,
  ) {}

  /** @throws AppError `sign-in.required` */
  async ofSignIn(signInToken: string | undefined): Promise<Receipt> {
    const signIn = await this.pendingSignIns.find(signInToken);
    if (!signIn) throw new AppError('sign-in.required');
    return this.#latest('sign-in', signIn.id);
  }

  ofSession({ id }: Pick<Session, 'id'>): Promise<Receipt> {
    return this.#latest('session', id);
  }

  async #latest(purpose: OtpPurpose, binding: string): Promise<Receipt> {
    const id = await this.otp.latestId(purpose, binding);
    return (id && (await this.notifications.receiptOf(id))) || UNKNOWN;
  }
}
