import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { OtpService } from '@portillon/otp';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { Device, PendingSignIn, Session } from '@portillon/session';
import { DataSource, EntityManager } from 'typeorm';
import { codeLetter } from './code-letter';

declare module '@portillon/otp' {
  interface OtpPurposes {
    door: 'door';
  }
}

/** A sign-in of the application's own: its password, then a code; sessions and codes are the libs'. */
@Injectable()
export class DoorService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly otp: OtpService,
    private readonly notifications: NotificationService,
    private readonly signIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly clock: Clock,
  ) {}

  /** The password was right: the token of a sign-in, which opens nothing. */
  async begin(name: string, mail: string): Promise<string> {
    const principal = { accountId: name, username: name, displayName: name, roles: [], structure: null };
    const request = { principal, means: 'password' as const, amr: ['pwd'], browserId: null };
    const { token, message } = await this.dataSource.transaction(async (tx) => {
      const { signIn, token } = await this.signIns.start(request, tx);
      return { token, message: await this.write(signIn, mail, tx) };
    });
    await this.notifications.deliver(message);
    return token;
  }

  private async write({ id, accountId }: PendingSignIn, destination: string, tx: EntityManager) {
    const sending = { channel: 'EMAIL' as const, destination, destinationHint: destination };
    const request = { purpose: 'door' as const, subjectId: accountId, binding: id, ...sending };
    const issued = await this.otp.issue(request, tx);
    if (issued.status !== 'issued') throw new Error(issued.status);
    const letter = codeLetter(destination, 'Entrer à la cantine', issued.code);
    return this.notifications.enqueue(letter, { kind: 'door.code', accountId }, tx);
  }

  /** The token of a session, where the code is right and no other request was first. */
  async enter(token: string | undefined, code: string, device: Device): Promise<string | undefined> {
    const signIn = await this.signIns.find(token);
    const checked = signIn && (await this.otp.check({ purpose: 'door', binding: signIn.id, code }));
    if (checked?.status !== 'accepted') return undefined;
    return this.dataSource.transaction(async (tx) => {
      if (!(await this.otp.consume(checked, tx))) return undefined;
      if (!(await this.signIns.complete(signIn!, tx))) return undefined;
      const { principal, means, browserId } = signIn!;
      const code = { codeAcceptedAt: this.clock.now(), codeValidUntilAt: null };
      const request = { principal, means, acr: null, amr: ['pwd', 'otp'], ...code, browserId, device };
      return (await this.sessions.open(request, tx)).token;
    });
  }

  /** The open session of a request, whose idle limit this use moves on. */
  async sessionOf(token: string | undefined): Promise<Session | undefined> {
    const session = await this.sessions.find(token);
    return session && this.sessions.renew(session);
  }

  async leave(token: string | undefined): Promise<void> {
    const session = await this.sessions.find(token);
    if (session) await this.sessions.end(session.id, 'signed-out');
  }
}
