import type { Keyring } from '@portillon/kernel';

const PURPOSE = 'sms.receipt';

/**
 * Where a provider that signs nothing reports what became of a message: its URL carries a keyed digest of the provider
 * and of the message, or of the provider alone where it calls one URL for all of them.
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

  /** The query of a URL that was made here, with the id of its message, empty for one of all messages. */
  read(url: string): URLSearchParams | undefined {
    const { searchParams } = new URL(url);
    const parts = [this.provider, searchParams.get('id') ?? ''];
    return this.keyring.matches(searchParams.get('mac') ?? '', PURPOSE, parts) ? searchParams : undefined;
  }
}
