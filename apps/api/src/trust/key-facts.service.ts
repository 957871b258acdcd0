import { Inject, Injectable } from '@nestjs/common';
import { SetupConfirmationService } from '@portillon/account';
import { CardVerifierService } from '@portillon/cpx';
import { Clock, DAY } from '@portillon/kernel';
import { SigningKeyService } from '@portillon/openid';
import type { Settings } from '../settings/settings';
import { SETTINGS } from '../settings/settings.token';
import type { SecretKeyFacts, SigningKeyFacts, TableFacts } from './statement.types';

/** The keys of the deployment and the lists of revoked cards, each with its age. */
@Injectable()
export class KeyFactsService {
  constructor(
    private readonly signingKeys: SigningKeyService,
    private readonly confirmations: SetupConfirmationService,
    private readonly cards: CardVerifierService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async read(): Promise<Pick<TableFacts, 'secretKeys' | 'signingKeys' | 'revocationLists'>> {
    return {
      secretKeys: await this.#secretKeys(),
      signingKeys: await this.#signingKeys(),
      revocationLists: this.settings.cpx ? await this.cards.listStates() : [],
    };
  }

  async #secretKeys(): Promise<SecretKeyFacts[]> {
    const { keys } = await this.confirmations.all();
    const said = (id: string) => (keys?.keyIds.includes(id) ? keys.confirmedAt : null);
    return this.settings.keyring.ids.map((id) => ({ id, saidKeptElsewhereAt: said(id) }));
  }

  /** Makes none where there are none. */
  async #signingKeys(): Promise<SigningKeyFacts[]> {
    const bits = await this.signingKeys.bits();
    const now = this.clock.now().getTime();
    return (await this.signingKeys.list()).map((key) => ({
      ...key,
      bits: bits.get(key.id) ?? null,
      ageDays: Math.floor((now - key.createdAt.getTime()) / DAY),
    }));
  }
}
