import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { CountedLimitService, LimitSubject } from '@portillon/rate-limit';

/** Returns the values that the limits count for one account: its id, its mail address and its phone number. */
export function limitSubjectsOf({ id, email, phone }: Account): LimitSubject[] {
  const addresses = phone ? [email, phone.number] : [email];
  return [{ kind: 'account', value: id }, ...addresses.map((value) => ({ kind: 'address' as const, value }))];
}

/** Ends the limits of an account, its own requests and a stranger's alike: with an unlock, or when an emergency access is opened. */
@Injectable()
export class AccountLimitService {
  constructor(private readonly limits: CountedLimitService) {}

  /** Clears the limits in a separate transaction: call it after the caller's commit. */
  clear(account: Account): Promise<void> {
    return this.limits.clear(limitSubjectsOf(account));
  }
}
