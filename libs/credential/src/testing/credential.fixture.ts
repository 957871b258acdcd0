import { Clock, Keyring, SystemRandom } from '@portillon/kernel';
import type { DataSource } from 'typeorm';
import { recoveryOptions } from '../credential.options';
import { PasswordAttemptEntity, PasswordAttemptRepository } from '../password-attempt.repository';
import { PasswordAttemptService } from '../password-attempt.service';
import { ResetRequestEntity, ResetRequestRepository, ResetRequestService } from '../reset-request.service';
import { AccountTokenEntity, AccountTokenRepository } from '../tokens/account-token.repository';
import { AccountTokenService } from '../tokens/account-token.service';
import { NoticeLinkEntity, NoticeLinkRepository } from '../tokens/notice-link.repository';
import { NoticeLinkService } from '../tokens/notice-link.service';

/** The services of this lib that hold rows, on the database of a test. */
export function credentialServices(dataSource: DataSource, clock: Clock, keyring: Keyring) {
  const random = new SystemRandom(clock);
  const attempts = new PasswordAttemptRepository(dataSource.getRepository(PasswordAttemptEntity));
  const tokens = new AccountTokenRepository(dataSource.getRepository(AccountTokenEntity));
  const links = new NoticeLinkRepository(dataSource.getRepository(NoticeLinkEntity));
  const requests = new ResetRequestRepository(dataSource.getRepository(ResetRequestEntity));
  return {
    attempts: new PasswordAttemptService(attempts, clock, keyring),
    tokens: new AccountTokenService(tokens, clock, random, recoveryOptions()),
    noticeLinks: new NoticeLinkService(links, clock, random),
    requests: new ResetRequestService(requests, clock, random, keyring),
  };
}
