import { Inject, Injectable } from '@nestjs/common';
import type { Message } from '@portillon/notification';
import type { OtpChallenge } from '@portillon/otp';
import { ACCESS_OPTIONS } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';
import { AUTH_OPTIONS } from '../auth.options';
import type { ResolvedAuthOptions } from '../auth.options';
import type { CodeRequest, Sending } from './code-delivery.types';
import { codeMessage } from './code-message';
import { CodePurposeRegistry } from './code-purpose.registry';

/** Writes the message of a code, with the texts of the library that defines its purpose. */
@Injectable()
export class CodeMessageService {
  constructor(
    private readonly purposes: CodePurposeRegistry,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
    @Inject(ACCESS_OPTIONS) private readonly access: ResolvedAccessOptions,
  ) {}

  write(sending: Sending<CodeRequest>, challenge: OtpChallenge, code: string): Message {
    const { locale } = sending.account;
    return codeMessage({
      ...challenge,
      channel: sending.channel,
      to: sending.destination,
      code,
      locale,
      texts: this.purposes.get(sending.purpose).texts[locale],
      serviceName: this.options.serviceName,
      organisation: sending.account.face?.name,
      accent: sending.account.face?.accent,
      host: new URL(this.access.publicUrl).hostname,
    });
  }
}
