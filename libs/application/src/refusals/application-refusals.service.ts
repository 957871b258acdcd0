import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import { ApplicationRefusalRepository } from './application-refusal.repository';
import type { ApplicationRefusalEntity } from './application-refusal.repository';

/** Reason of a refusal, and its count. */
export type ApplicationRefusal = Pick<
  ApplicationRefusalEntity,
  'code' | 'detail' | 'times' | 'firstAt' | 'lastAt'
>;

/** Maximum number of different refusals of an application, so that an attacker cannot fill the table. */
const KEPT = 50;
export const REFUSALS_KEPT_MS = 30 * DAY;
const LONGEST = { code: 64, detail: 1_000 } as const;

/** The latest refusals of each application, for those who fix its settings. */
@Injectable()
export class ApplicationRefusals {
  constructor(
    private readonly refusals: ApplicationRefusalRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records a refused request of this application. `code`: the returned error of OAuth 2.0 or OpenID Connect, or
   * `invalid_redirect_uri`, `invalid_post_logout_redirect_uri`; see {@link refusalText}. `detail`: the refused value,
   * such as an unregistered redirect URI, never a secret, a code or a token; or a `RefusalReason`. The record stays
   * when the caller rolls back.
   */
  async record(applicationId: string, code: string, detail: string): Promise<void> {
    const words = { code: kept(code, LONGEST.code), detail: kept(detail, LONGEST.detail) };
    const digest = createHash('sha256').update(`${words.code} ${words.detail}`).digest('hex');
    const now = this.clock.now();
    await this.refusals.count({ applicationId, digest, ...words, times: 1, firstAt: now, lastAt: now });
    await this.refusals.keepLatest(applicationId, KEPT);
  }

  /** Latest first, at most 50. */
  async latest(applicationId: string): Promise<ApplicationRefusal[]> {
    const rows = await this.refusals.latest(applicationId, KEPT);
    return rows.map(({ code, detail, times, firstAt, lastAt }) => ({ code, detail, times, firstAt, lastAt }));
  }

  /** Deletes at most `batch` that were last seen more than 30 days ago. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.refusals.deleteBefore(addMilliseconds(this.clock.now(), -REFUSALS_KEPT_MS), batch);
  }
}

/** One line, cut to its column between two characters. */
function kept(text: string, longest: number): string {
  return [...text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')].slice(0, longest).join('');
}
