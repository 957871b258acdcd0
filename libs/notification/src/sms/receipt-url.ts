import type { Keyring } from '@portillon/kernel';

const PURPOSE = 'sms.receipt';

/**
 * URL of the reports of a provider that does not sign them. It has a keyed digest of the provider and the message, or
 * of the provider only where it calls one URL for all messages.
 */
export class ReceiptUrl {
  constructor(
    private readonly keyring: Keyring,
    private readonly provider: string,
    private readonly base: string,
  ) {}

  of(id = ''): URL {
    const url = new URL(this.base);
    if (id) url.searchParams.set('id', id);
    url.searchParams.set('mac', this.keyring.digest(PURPOSE, [this.provider, id]));
    return url;
  }

  /** Query of an authentic URL, with the id of its message, or empty for all messages; nothing for a forged one. */
  read(url: string): URLSearchParams | undefined {
    const { searchParams } = new URL(url);
    const parts = [this.provider, searchParams.get('id') ?? ''];
    return this.keyring.matches(searchParams.get('mac') ?? '', PURPOSE, parts) ? searchParams : undefined;
  }
}
