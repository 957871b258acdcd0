import { Injectable } from '@nestjs/common';
import { Clock, HOUR, Keyring, addMilliseconds } from '@portillon/kernel';

/** For how long the link of a test mail is good. */
const GOOD_MS = HOUR;
const PURPOSE = 'setup.test-mail';
const TOKEN = /^(\d{13})\.([A-Za-z0-9_-]{1,32}\.[0-9a-f]{64})$/;

/**
 * The link of a test mail. It opens nothing: it proves within an hour that the mail of the requesting user arrived. Nothing
 * is stored, because opening it twice has no further effect.
 */
@Injectable()
export class TestLinkService {
  constructor(
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  issue(accountId: string): { token: string; goodUntil: Date } {
    const goodUntil = addMilliseconds(this.clock.now(), GOOD_MS);
    const until = String(goodUntil.getTime());
    return { token: `${until}.${this.keyring.digest(PURPOSE, [accountId, until])}`, goodUntil };
  }

  isGood(token: string, accountId: string): boolean {
    const [, until, digest] = TOKEN.exec(token) ?? [];
    if (!until || !digest || Number(until) <= this.clock.now().getTime()) return false;
    return this.keyring.matches(digest, PURPOSE, [accountId, until]);
  }
}
