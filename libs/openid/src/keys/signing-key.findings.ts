import { Injectable } from '@nestjs/common';
import { Clock, DAY, FindingOf, FindingSource, addMilliseconds } from '@portillon/kernel';
import { SigningKeyService } from './signing-key.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** Since when the oldest active key signs; null: there is none yet. */
    signing: { since: Date | null };
  }
}

/** The loss of a key that signs for longer would stay unnoticed. */
const SIGNS_AT_MOST_MS = 365 * DAY;

/** Since when the keys sign that applications know. */
@Injectable()
export class SigningKeyFindings implements FindingSource {
  readonly subject = 'signing';

  constructor(
    private readonly keys: SigningKeyService,
    private readonly clock: Clock,
  ) {}

  async find(): Promise<FindingOf<'signing'>> {
    const keys = await this.keys.list();
    const active = keys.filter(({ state }) => state === 'active');
    if (active.length === 0)
      return { state: 'well', text: 'no key yet: the first request makes them', values: { since: null } };
    const oldest = new Date(Math.min(...active.map((key) => (key.activatedAt ?? key.createdAt).getTime())));
    const values = { since: oldest };
    const text = `the keys sign since ${oldest.toISOString().slice(0, 10)}`;
    const next = keys.some(({ state }) => state === 'next');
    if (oldest >= addMilliseconds(this.clock.now(), -SIGNS_AT_MOST_MS))
      return { state: 'well', text: next ? `${text}; the next are published` : text, values };
    const step = next
      ? '"portillon keys signing rotate"'
      : '"portillon keys signing next", and "rotate" a day later';
    return { state: 'failing', text, advice: `run ${step}`, values };
  }
}
